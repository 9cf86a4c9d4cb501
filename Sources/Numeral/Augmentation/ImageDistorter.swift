/// Distorts images of one shape, one after the other. Each thread has one.
final class ImageDistorter: @unchecked Sendable {
  let height: Int
  let width: Int
  let channels: Int
  /// The width rounded up to whole vectors: the stride of places, shares and displacements.
  let columns: Int

  private let augmentation: Augmentation
  private let kernels: KernelSet
  /// The weights of the Gaussian from its middle outwards; nil without elastic deformation.
  private let taps: Buffer<Float>?
  let planes: DistortionPlanes

  init(_ augmentation: Augmentation, shape: Shape, kernels: KernelSet) {
    guard case .image(let height, let width, let channels) = shape else {
      preconditionFailure("only images can be distorted")
    }
    self.height = height
    self.width = width
    self.channels = channels
    self.augmentation = augmentation
    self.kernels = kernels
    columns = FloatMatrix.padded(width)
    taps = augmentation.elastic.map { ImageDistorter.gaussian(sigma: $0.sigma) }
    planes = DistortionPlanes(height: height, width: width, radius: taps.map { $0.count - 1 })
  }

  /// The weights of a Gaussian from its middle to three standard deviations; both sides together sum to 1.
  static func gaussian(sigma: Double) -> Buffer<Float> {
    let radius = Int(3 * sigma + 0.5)
    let weights = (0...radius).map { ElementaryFunctions.exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = weights[0] + 2 * weights.dropFirst().reduce(0, +)
    return Buffer(weights.map { Float($0 / sum) })
  }

  /// Distorts one image with numbers from its stream, and writes it as image `place` of a block of images of this
  /// shape.
  func distort(
    _ images: LabeledImages, image: Int, from stream: RandomStream, into out: Buffer<UInt8>, at place: Int
  ) {
    let distortion = Distortion(augmentation, height: height, width: width, from: stream)
    distort(images, image: image, by: distortion, from: stream, into: out, at: place)
  }

  /// Distorts one image with given numbers; only the fields come from the stream.
  func distort(
    _ images: LabeledImages, image: Int, by distortion: Distortion, from stream: RandomStream,
    into out: Buffer<UInt8>, at place: Int
  ) {
    let drawsPerField = UInt64((height * width + 3) / 4)
    var next = Distortion.Draw.fields.rawValue
    if let taps {
      displacements(planes.dx, taps, stream, next)
      displacements(planes.dy, taps, stream, next + drawsPerField)
    }
    next += 2 * drawsPerField
    let map = distortion.inverseMap(height: height, width: width)
    for channel in 0..<channels {
      if augmentation.noise > 0 {
        let noise = FloatMatrix(planes.noise, rows: height, columns: width, stride: columns)
        kernels.drawField(noise, from: stream, after: next)
      }
      next += drawsPerField
      // The interpolation overwrites the places.
      kernels.locate(planes, map, isElastic: taps != nil)
      kernels.interpolate(planes, images, image: image, channel: channel)
      let start = (place * channels + channel) * height * width
      kernels.finish(
        planes, thickness: Float(distortion.thickness), noise: Float(augmentation.noise * Double(images.pixelMaximum)),
        maximum: images.pixelMaximum, into: out, at: start)
      if augmentation.cutout > 0 { erase(around: distortion.cutout, of: out, from: start) }
    }
  }

  private func displacements(_ field: Buffer<Float>, _ taps: Buffer<Float>, _ stream: RandomStream, _ first: UInt64) {
    let rows = FloatMatrix(planes.field, rows: height, columns: planes.fieldStride, stride: planes.fieldStride)
    kernels.drawField(
      rows.columns(planes.fieldStart..<planes.fieldStart + width), from: stream, after: first)
    kernels.smooth(planes, taps, into: field)
  }

  private func erase(around middle: (x: Int, y: Int), of out: Buffer<UInt8>, from start: Int) {
    let side = augmentation.cutout
    let (left, top) = (middle.x - side / 2, middle.y - side / 2)
    for y in max(0, top)..<max(0, min(height, top + side)) {
      for x in max(0, left)..<max(0, min(width, left + side)) { out[start + y * width + x] = 0 }
    }
  }
}
