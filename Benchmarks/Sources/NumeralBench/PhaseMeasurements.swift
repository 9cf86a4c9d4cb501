import CNumeralCPU
import Numeral
import NumeralData

/// The time of each part of a training step of `two-hidden`: the kernels of a step in their order, on one thread, over
/// all images of MNIST in random order, each timed separately.
final class PhaseMeasurements {
  private static let batch = 128
  private static let pixels = 784
  private static let (pixelsPerPass, passes) = (112, 7)

  /// The places of the bits of every number of eight bits, lowest first.
  private static let patterns: [UInt16] = (0..<256).flatMap { number in
    let places = (0..<8).filter { number >> $0 & 1 == 1 }.map { UInt16($0) }
    return places + [UInt16](repeating: 0, count: 8 - places.count)
  }

  private let table: numeral_kernel_table
  private let values = Block((0...255).map { Float($0) / 255 })
  private var records = Block<UInt16>([])
  /// The starts of the records, in the order in which they are read.
  private var order = Block<UInt32>([])
  private var count = 0
  private let cursors = Block([UInt32](repeating: 0, count: batch + 4))
  private var nonzeroPixels = 0
  private var nonzeroPairs = 0
  private var nonzeroUnits = [0, 0]

  /// Read as rows of whole vectors without a gap, as the engine keeps its parameters.
  private let weights = [TestMatrix(784, 128), TestMatrix(128, 64), TestMatrix(64, 10)]
  private let bias = [TestMatrix(1, 128), TestMatrix(1, 64)]
  private let outputs = [TestMatrix(batch, 128), TestMatrix(batch, 64), TestMatrix(batch, 10)]
  private let deltas = [TestMatrix(batch, 128), TestMatrix(batch, 64)]
  private let gradient = TestMatrix(128, 128)
  private let panels = TestMatrix.allocate(65 * 16)
  private let transposedPanels = [TestMatrix.allocate(65 * 128), TestMatrix.allocate(11 * 64)]
  private let transposed = Block([UInt8](repeating: 0, count: pixels * batch))
  private let losses = Block([Float](repeating: 0, count: batch))
  private let predictions = Block([Int32](repeating: 0, count: batch))
  private let labels = Block([UInt8](repeating: 3, count: batch))

  init(_ table: numeral_kernel_table) {
    self.table = table
  }

  deinit {
    for memory in [panels] + transposedPanels { memory.deallocate() }
  }

  /// Seconds a sample of each phase, the mean of one epoch. Also `nonzero`, the number of non-zero pixels of an image;
  /// `pairs`, the pairs of neighbours of which at least one is non-zero; `active`, the non-zero units of the first
  /// layer; and `active2`, those of the second.
  func measure() throws -> [String: Double] {
    if count == 0 { try prepare() }
    var seconds: [String: Double] = [:]
    var last = Stopwatch.seconds
    func done(_ phase: String) {
      let now = Stopwatch.seconds
      seconds[phase, default: 0] += now - last
      // The bookkeeping above belongs to no phase.
      last = Stopwatch.seconds
    }
    let batches = count / Self.batch
    nonzeroUnits = [0, 0]
    for index in 0..<batches { step(index, of: batches, done) }
    for (phase, total) in seconds { seconds[phase] = total / Double(batches * Self.batch) }
    seconds["nonzero"] = Double(nonzeroPixels) / Double(count)
    seconds["active"] = Double(nonzeroUnits[0]) / Double(batches * Self.batch)
    seconds["active2"] = Double(nonzeroUnits[1]) / Double(batches * Self.batch)
    seconds["pairs"] = Double(nonzeroPairs) / Double(count)
    return seconds
  }

  private func step(_ index: Int, of batches: Int, _ done: (String) -> Void) {
    let n = Self.batch
    let relu = [numeral_activation(function: numeral_activation_relu, slope: 0)]
    let identity = [numeral_activation(function: numeral_activation_identity, slope: 0)]
    let ahead = index + 1 < batches ? n : 0
    let places = order.base + index * n
    let lists = numeral_pixel_lists(
      records: records.base, firsts: places, cursors: cursors.base, values: values.base, passes: Self.passes,
      pixels_per_pass: Self.pixelsPerPass)
    let noted = numeral_transposed_pixels(base: transposed.base, stride: n)
    let notes = numeral_pixel_notes(transposed: noted, ahead: places + ahead)
    table.sparse.product([outputs[0].view], [lists], [weights[0].compactView], bias[0].base, relu, [notes])
    done("forward 1")
    table.products.nonzero_partial_product([outputs[1].view], [outputs[0].view], [weights[1].compactView], false)
    table.products.finish_product([outputs[1].view], [outputs[1].view], bias[1].base, relu)
    done("forward 2")
    for (layer, units) in [(0, 128), (1, 64)] {
      let output = outputs[layer]
      for sample in 0..<n {
        nonzeroUnits[layer] += (0..<units).count { output.base[sample * output.stride + $0] != 0 }
      }
    }
    done("counting")
    table.products.product([outputs[2].view], [outputs[1].view], panels, identity)
    done("forward 3")
    let results = numeral_sample_results(labels: labels.base, losses: losses.base, predictions: predictions.base)
    table.loss.softmax_cross_entropy([outputs[2].view], [results], 1 / Float(n), 0)
    done("loss")
    table.products.product_through_activation(
      [deltas[1].view], [outputs[1].view], [outputs[2].view], transposedPanels[1], relu)
    done("delta 2")
    table.products.nonzero_product_through_relu(
      [deltas[0].view], [outputs[0].view], [deltas[1].view], transposedPanels[0])
    done("delta 1")
    table.sparse.descend([weights[0].compactView], [noted], values.base, [deltas[0].view], 1e-9)
    done("gradient 1")
    denseGradient(1, inputs: outputs[0], deltas: deltas[1], done)
    denseGradient(2, inputs: outputs[1], deltas: outputs[2], done)
  }

  /// The gradient of a dense layer, its update, and the packing afterwards.
  private func denseGradient(_ layer: Int, inputs: TestMatrix, deltas: TestMatrix, _ done: (String) -> Void) {
    let weight = weights[layer]
    let columns = (weight.columns + 15) / 16 * 16
    let gradients = layer == 1 ? table.products.nonzero_gradient : table.products.gradient
    for first in stride(from: 0, to: weight.rows, by: 16) {
      let rows = numeral_matrix(base: gradient.base + first * columns, stride: columns, rows: 16, columns: columns)
      let part = numeral_matrix(base: inputs.base + first, stride: inputs.stride, rows: Self.batch, columns: 16)
      gradients([rows], [part], [deltas.view], false)
    }
    done("gradient \(layer + 1)")
    table.updates.descend(weight.base, gradient.base, weight.rows * columns, 1e-9)
    if layer == 2 { table.products.pack_weights(panels, [weight.compactView], 0, weight.rows) }
    table.products.pack_transposed(transposedPanels[layer - 1], [weight.compactView], 0, weight.rows)
    done("update")
  }

  private func prepare() throws {
    let images = try MNIST.load().training
    guard images.shape.count == Self.pixels else { throw CommandError("the images have not 28×28 pixels") }
    var (records, order): ([UInt16], [UInt32]) = ([], [])
    for index in 0..<images.count {
      let bytes = images.pixels(at: index)
      var record = [UInt16](repeating: 0, count: Self.passes + 16 + Self.pixels)
      let length = table.sparse.list_nonzero_pixels(
        &record, bytes, Self.pixels, Self.pixelsPerPass, Self.passes, Self.patterns)
      order.append(UInt32(records.count))
      // Whole cache lines, as in the engine.
      records += record[..<length] + [UInt16](repeating: 0, count: (32 - length % 32) % 32)
      nonzeroPixels += length - Self.passes
      nonzeroPairs += stride(from: 0, to: Self.pixels, by: 2).count { bytes[$0] | bytes[$0 + 1] != 0 }
    }
    // Memory that is read beyond the last record.
    records += [UInt16](repeating: 0, count: 16)
    var random = SystemRandomNumberGenerator()
    order.shuffle(using: &random)
    count = order.count
    self.records = Block(records)
    self.order = Block(order)
  }
}
