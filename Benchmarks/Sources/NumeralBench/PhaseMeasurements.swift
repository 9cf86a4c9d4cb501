import CNumeralCPU
import Numeral
import NumeralData

/// Where the time of a training step of `two-hidden` goes: the kernels of a step in their order, on one thread, over all
/// pictures of MNIST in random order, each timed by itself.
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
  private let values = (0...255).map { Float($0) / 255 }
  private var records: [UInt16] = []
  /// Where the records begin, in the order in which they are read.
  private var order: [UInt32] = []
  private var cursors = [UInt32](repeating: 0, count: batch + 4)
  private var litPixels = 0
  private var litPairs = 0
  private var litUnits = [0, 0]

  /// Read as rows of whole vectors without a gap, as the engine keeps its parameters.
  private let weights = [TestMatrix(784, 128), TestMatrix(128, 64), TestMatrix(64, 10)]
  private let bias = [TestMatrix(1, 128), TestMatrix(1, 64)]
  private let outputs = [TestMatrix(batch, 128), TestMatrix(batch, 64), TestMatrix(batch, 10)]
  private let deltas = [TestMatrix(batch, 128), TestMatrix(batch, 64)]
  private let gradient = TestMatrix(128, 128)
  private let panels = TestMatrix.allocate(65 * 16)
  private let transposedPanels = [TestMatrix.allocate(65 * 128), TestMatrix.allocate(11 * 64)]
  private var transposed = [UInt8](repeating: 0, count: pixels * batch)
  private var losses = [Float](repeating: 0, count: batch)
  private var predictions = [Int32](repeating: 0, count: batch)
  private var labels = [UInt8](repeating: 3, count: batch)

  init(_ table: numeral_kernel_table) {
    self.table = table
  }

  deinit {
    for memory in [panels] + transposedPanels { memory.deallocate() }
  }

  /// Seconds a sample of each phase, the mean of one epoch, `lit`, the lit pixels of a picture, `pairs`, the pairs of
  /// neighbours of which one is lit, `active`, the units of the first layer that are not zero, and `active2`, those of the second.
  func measure() throws -> [String: Double] {
    if order.isEmpty { try prepare() }
    var seconds: [String: Double] = [:]
    var last = Stopwatch.seconds
    func done(_ phase: String) {
      let now = Stopwatch.seconds
      seconds[phase, default: 0] += now - last
      // The bookkeeping above is nobody's.
      last = Stopwatch.seconds
    }
    let batches = order.count / Self.batch
    litUnits = [0, 0]
    for index in 0..<batches { step(index, of: batches, done) }
    for (phase, total) in seconds { seconds[phase] = total / Double(batches * Self.batch) }
    seconds["lit"] = Double(litPixels) / Double(order.count)
    seconds["active"] = Double(litUnits[0]) / Double(batches * Self.batch)
    seconds["active2"] = Double(litUnits[1]) / Double(batches * Self.batch)
    seconds["pairs"] = Double(litPairs) / Double(order.count)
    return seconds
  }

  private func step(_ index: Int, of batches: Int, _ done: (String) -> Void) {
    let n = Self.batch
    let relu = Int32(numeral_activation_relu)
    order.withUnsafeBufferPointer { order in
      guard let first = order.baseAddress else { return }
      let places = first + index * n
      let ahead = index + 1 < batches ? n : 0
      table.sparse_product(
        outputs[0].base, outputs[0].stride, records, places, &cursors, n, Self.passes, Self.pixelsPerPass, values,
        weights[0].base, 128, bias[0].base, 128, relu, 0, &transposed, n, places + ahead)
      done("forward 1")
      table.lit_partial_product(
        outputs[1].base, outputs[1].stride, outputs[0].base, outputs[0].stride, weights[1].base, 64, n, 128, 64, false)
      table.finish_product(
        outputs[1].base, outputs[1].stride, outputs[1].base, outputs[1].stride, bias[1].base, n, 64, relu, 0)
      done("forward 2")
      for (layer, units) in [(0, 128), (1, 64)] {
        let output = outputs[layer]
        for sample in 0..<n { litUnits[layer] += (0..<units).count { output.base[sample * output.stride + $0] != 0 } }
      }
      done("counting")
      table.product(
        outputs[2].base, outputs[2].stride, outputs[1].base, outputs[1].stride, panels, n, 64, 16,
        Int32(numeral_activation_identity), 0)
      done("forward 3")
      table.softmax_cross_entropy(
        outputs[2].base, outputs[2].stride, &losses, &predictions, labels, n, 10, 1 / Float(n), 0)
      done("loss")
      table.product_through_activation(
        deltas[1].base, outputs[1].base, deltas[1].stride, outputs[2].base, outputs[2].stride, transposedPanels[1], n,
        10, 64,
        relu, 0)
      done("delta 2")
      table.lit_product_through_relu(
        deltas[0].base, outputs[0].base, deltas[0].stride, deltas[1].base, deltas[1].stride, transposedPanels[0], n, 64,
        128)
      done("delta 1")
      table.sparse_descend(
        weights[0].base, 128, &transposed, n, values, deltas[0].base, deltas[0].stride, Self.pixels, 128, 1e-9)
      done("gradient 1")
      denseGradient(1, inputs: outputs[0], deltas: deltas[1], done)
      denseGradient(2, inputs: outputs[1], deltas: outputs[2], done)
    }
  }

  /// The gradient of a dense layer, its update, and what is packed anew afterwards.
  private func denseGradient(_ layer: Int, inputs: TestMatrix, deltas: TestMatrix, _ done: (String) -> Void) {
    let weight = weights[layer]
    let columns = (weight.columns + 15) / 16 * 16
    let gradients = layer == 1 ? table.lit_gradient : table.gradient
    for first in stride(from: 0, to: weight.rows, by: 16) {
      gradients(
        gradient.base + first * columns, columns, inputs.base + first, inputs.stride, deltas.base, deltas.stride,
        Self.batch, 16, columns, false)
    }
    done("gradient \(layer + 1)")
    table.descend(weight.base, gradient.base, weight.rows * columns, 1e-9)
    if layer == 2 { table.pack_weights(panels, weight.base, columns, weight.rows, 0, weight.rows, columns) }
    table.pack_transposed(transposedPanels[layer - 1], weight.base, columns, 0, weight.rows, weight.columns)
    done("update")
  }

  private func prepare() throws {
    let images = try MNIST.load().training
    guard images.shape.count == Self.pixels else { throw CommandError("the pictures have not 28×28 pixels") }
    for index in 0..<images.count {
      let bytes = images.pixels(at: index)
      var record = [UInt16](repeating: 0, count: Self.passes + 1 + Self.pixels)
      let length = table.list_lit_pixels(
        &record, bytes, Self.pixels, Self.pixelsPerPass, Self.passes, Self.patterns)
      order.append(UInt32(records.count))
      // Whole cache lines, as the engine's.
      records += record[..<length] + [UInt16](repeating: 0, count: (32 - length % 32) % 32)
      litPixels += length - Self.passes
      litPairs += stride(from: 0, to: Self.pixels, by: 2).count { bytes[$0] | bytes[$0 + 1] != 0 }
    }
    // What is read beyond the last.
    records += [UInt16](repeating: 0, count: 16)
    var random = SystemRandomNumberGenerator()
    order.shuffle(using: &random)
  }
}
