/// The images that a network reads, in an order.
final class ImageReader {
  /// All have one shape. Between two runs another set of that shape may replace them.
  var images: LabeledImages
  /// The index of the image at each place of an epoch; nil for stored order.
  let order: Buffer<Int32>?
  /// `[256]`: the number that the network sees for each byte.
  let numbers: Buffer<Float>

  init(_ images: LabeledImages, order: Buffer<Int32>?, numbers: Buffer<Float>) {
    self.images = images
    self.order = order
    self.numbers = numbers
  }

  /// The index of the image at a place.
  func image(at place: Int) -> Int {
    if let order { return Int(order[place]) }
    return place
  }
}

/// Images as planes: bytes become numbers, sixteen images side by side.
final class PlanesInput: LayerPlan {
  private let reader: ImageReader
  private let output: Signal
  private let kernels: KernelSet
  /// The offset of each image of the chunk, rounded up to whole groups.
  private let starts: Buffer<Int64>

  init(_ reader: ImageReader, rows: Int, output: Signal, arena: Arena, kernels: KernelSet) {
    self.reader = reader
    starts = arena.buffer(repeating: 0, count: (rows + Planes.lanes - 1) / Planes.lanes * Planes.lanes)
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    let place = group.rows.lowerBound
    for sample in 0..<group.count {
      starts[place + sample] = Int64(reader.images.start(of: reader.image(at: group.first + sample)))
    }
    kernels.spread(
      reader.images, starts: starts, from: place, count: group.count, values: reader.numbers,
      into: output.values[group.slot])
  }

  /// There are no parameters below the images, so no delta flows back.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}
}

/// Images as rows of features.
final class RowsInput: LayerPlan {
  private let reader: ImageReader
  private let output: Signal
  private let kernels: KernelSet

  init(_ reader: ImageReader, output: Signal, kernels: KernelSet) {
    self.reader = reader
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    for sample in 0..<group.count {
      kernels.lookUp(
        reader.images, image: reader.image(at: group.first + sample), values: reader.numbers, into: output.valueRows,
        row: group.rows.lowerBound + sample)
    }
  }

  /// There are no parameters below the images, so no delta flows back.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}
}

/// Planes as rows of features: the execution of ``Flatten``, and the input of dense layers.
final class RowsPlan: LayerPlan {
  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet

  init(input: Signal, output: Signal, kernels: KernelSet) {
    self.input = input
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.rows(of: input.values[group.slot], into: output.valueRows.rows(group.rows))
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    kernels.planes(of: output.deltaRows.rows(group.rows), into: input.deltas[group.slot])
    input.differentiate(group, kernels)
  }
}
