internal import CNumeralCPU

/// Sixteen samples side by side, `[channels, height, width, 16]`: what convolutions read and write.
///
/// Lane l of every vector belongs to sample l, so there is no remainder for any number of channels, window or step.
/// Around each channel lies a border of zeros, because a window may reach beyond the image. A view does not keep its
/// buffer alive.
@safe struct Planes: @unchecked Sendable {
  /// The number of samples side by side.
  static let lanes = 16

  let view: numeral_planes
  /// The rows and columns of zeros around each channel.
  let border: Int

  private init(_ view: numeral_planes, border: Int) {
    unsafe self.view = unsafe view
    self.border = border
  }

  /// One channel.
  func channel(_ index: Int) -> Planes {
    precondition(index >= 0 && index < channels, "channel out of range")
    var view = unsafe view
    unsafe view.base += index * view.plane
    unsafe view.channels = 1
    return unsafe Planes(view, border: border)
  }

  /// A view of some planes, `offset` elements into a buffer.
  init(_ buffer: Buffer<Float>, offset: Int = 0, channels: Int, height: Int, width: Int, border: Int) {
    precondition(channels >= 1 && height >= 1 && width >= 1 && border >= 0 && offset >= 0, "not planes")
    self.border = border
    let row = (width + 2 * border) * Planes.lanes
    let plane = Planes.plane(height: height, width: width, border: border)
    precondition(offset + channels * plane <= buffer.count, "the planes do not fit their buffer")
    unsafe view = numeral_planes(
      base: buffer.base + (offset + border * row + border * Planes.lanes), channels: channels, height: height,
      width: width, plane: plane, row: row)
  }

  /// Rows of features as planes of one channel, for elementwise kernels.
  init(_ rows: FloatMatrix) {
    let width = FloatMatrix.padded(rows.columns) / Planes.lanes
    precondition(rows.stride >= width * Planes.lanes, "rows without padding")
    border = 0
    unsafe view = numeral_planes(
      base: rows.base, channels: 1, height: rows.rows, width: width, plane: rows.rows * rows.stride, row: rows.stride)
  }

  var channels: Int { unsafe view.channels }
  var height: Int { unsafe view.height }
  var width: Int { unsafe view.width }
  /// The distances between two channels and between two rows, in elements.
  var planeStride: Int { unsafe view.plane }
  var rowStride: Int { unsafe view.row }

  /// True if the other has the same extents; the strides may differ.
  func hasExtents(of other: Planes) -> Bool {
    channels == other.channels && height == other.height && width == other.width
  }

  /// The numbers of one sample: channel by channel, row by row.
  func numbers(ofLane lane: Int) -> [Float] {
    precondition(lane >= 0 && lane < Planes.lanes, "lane out of range")
    var numbers: [Float] = []
    numbers.reserveCapacity(channels * height * width)
    for channel in 0..<channels {
      for y in 0..<height {
        for x in 0..<width {
          numbers.append(unsafe view.base[channel * view.plane + y * view.row + x * Planes.lanes + lane])
        }
      }
    }
    return numbers
  }

  /// The elements of one channel with its border: an odd number of vectors, so that channels do not all use the same
  /// cache sets.
  static func plane(height: Int, width: Int, border: Int) -> Int {
    ((height + 2 * border) * (width + 2 * border) | 1) * lanes
  }
}
