/// Pictures as planes: bytes become numbers, sixteen pictures side by side.
final class PlanesInput {
  var images: LabeledImages
  private let numbers: Buffer<Float>
  private let output: Signal
  private let kernels: KernelSet
  /// Where each picture of the chunk starts, whole groups.
  private let starts: Buffer<Int64>

  init(_ images: LabeledImages, numbers: Buffer<Float>, rows: Int, output: Signal, kernels: KernelSet) {
    self.images = images
    self.numbers = numbers
    starts = Buffer(repeating: 0, count: (rows + Planes.lanes - 1) / Planes.lanes * Planes.lanes)
    self.output = output
    self.kernels = kernels
  }

  /// Reads the pictures of a group, given where each stands in the set.
  func read(_ group: SampleGroup, order: Buffer<Int32>?) {
    let place = group.rows.lowerBound / Planes.lanes * Planes.lanes
    for sample in 0..<group.count {
      let picture = order.map { Int($0[group.first + sample]) } ?? group.first + sample
      starts[place + sample] = Int64(images.pixelOffset + Int(images.places[picture]) * images.shape.count)
    }
    kernels.spread(
      images, starts: starts, from: place, count: group.count, values: numbers, into: output.values[group.slot])
  }
}

/// Pictures as rows of features.
final class RowsInput {
  var images: LabeledImages
  private let numbers: Buffer<Float>
  private let output: Signal
  private let kernels: KernelSet

  init(_ images: LabeledImages, numbers: Buffer<Float>, output: Signal, kernels: KernelSet) {
    self.images = images
    self.numbers = numbers
    self.output = output
    self.kernels = kernels
  }

  /// Reads the pictures of a group, given where each stands in the set.
  func read(_ group: SampleGroup, order: Buffer<Int32>?) {
    for sample in 0..<group.count {
      let picture = order.map { Int($0[group.first + sample]) } ?? group.first + sample
      kernels.lookUp(
        images, picture: picture, values: numbers, into: output.valueRows, row: group.rows.lowerBound + sample)
    }
  }
}
