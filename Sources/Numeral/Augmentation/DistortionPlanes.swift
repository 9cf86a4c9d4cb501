/// The buffers that an image passes through while it is distorted, with the zeros around them that kernels need.
final class DistortionPlanes: @unchecked Sendable {
  let height: Int
  let width: Int
  let columns: Int
  /// The radius of the Gaussian, 0 without one.
  let radius: Int

  /// The source image, `[height + 3, width + 3]`: one row and column of zeros before it, two after it.
  let plane: Buffer<UInt8>
  /// `[height, columns]` each.
  let places: Buffer<Int32>
  let right: Buffer<Float>
  let below: Buffer<Float>
  /// `[height, columns]` with elastic deformation, else empty.
  let dx: Buffer<Float>
  let dy: Buffer<Float>
  /// A random field with zeros around it, and the same field smoothed along x.
  let field: Buffer<Float>
  let fieldStart: Int
  let fieldStride: Int
  let rows: Buffer<Float>
  /// `[height, columns]`
  let noise: Buffer<Float>
  /// The distorted image as floats, with zeros around it.
  let inked: Buffer<Float>
  let inkedStart: Int
  let inkedStride: Int

  init(height: Int, width: Int, radius: Int?) {
    precondition((height + 3) * (width + 3) < 1 << 22, "the images are too large to be distorted")
    self.height = height
    self.width = width
    columns = FloatMatrix.padded(width)
    self.radius = radius ?? 0
    let size = height * columns
    plane = Buffer(repeating: 0, count: (height + 3) * (width + 3))
    places = Buffer(repeating: 0, count: size)
    right = Buffer(repeating: 0, count: size)
    below = Buffer(repeating: 0, count: size)
    dx = Buffer(repeating: 0, count: radius == nil ? 0 : size)
    dy = Buffer(repeating: 0, count: radius == nil ? 0 : size)
    fieldStart = FloatMatrix.padded(self.radius)
    fieldStride = columns + 2 * fieldStart
    field = Buffer(repeating: 0, count: radius == nil ? 0 : height * fieldStride)
    rows = Buffer(repeating: 0, count: radius == nil ? 0 : (height + 2 * self.radius) * columns)
    noise = Buffer(repeating: 0, count: size)
    inkedStride = columns + 32
    inkedStart = inkedStride + 16
    inked = Buffer(repeating: 0, count: (height + 2) * inkedStride)
  }
}
