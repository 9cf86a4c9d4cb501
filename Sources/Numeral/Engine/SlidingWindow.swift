/// Where a convolution's window looks: the offset of each tap from the vector of a position, forward and back.
///
/// ```
/// forward, tap (i, p, q):   in[i, stride · y + p − padding, stride · x + q − padding]
/// back, tap (c, p, q):      delta[c, y − p + padding, x − q + padding]
/// ```
///
/// With a stride above 1 the way back reads deltas that were spread out, zeros between them, so that the stride is 1 there.
final class SlidingWindow {
  let stride: Int
  /// The terms of an output: channels below · window.
  let taps: Int
  /// The terms of an input's delta: channels above · window.
  let backTaps: Int
  let forward: Buffer<Int32>
  let backward: Buffer<Int32>

  private let size: Int
  private let padding: Int
  private let inputPlane: Int
  private let inputRow: Int

  /// Lays out the offsets of a convolution between planes; `delta` is what the way back reads, nil if nothing flows back.
  init(_ convolution: Convolution, input: Planes, outputs: Int, delta: Planes?) {
    stride = convolution.stride
    size = convolution.kernel
    padding = convolution.padding
    taps = input.channels * size * size
    backTaps = outputs * size * size
    let (plane, row) = (input.planeStride, input.rowStride)
    inputPlane = plane
    inputRow = row
    var offsets: [Int32] = []
    for channel in 0..<input.channels {
      for y in 0..<size {
        for x in 0..<size {
          offsets.append(
            Int32(channel * plane + (y - padding) * row + (x - padding) * Planes.lanes))
        }
      }
    }
    forward = Buffer(offsets)
    offsets = []
    if let delta {
      let (plane, row) = (delta.planeStride, delta.rowStride)
      for channel in 0..<outputs {
        for y in 0..<size {
          for x in 0..<size {
            offsets.append(
              Int32(channel * plane + (padding - y) * row + (padding - x) * Planes.lanes))
          }
        }
      }
    }
    backward = Buffer(offsets)
  }

  /// True if the offsets are those of planes laid out like these, and no window reaches beyond them.
  func fits(input: Planes, output: Planes) -> Bool {
    let (plane, row) = (input.planeStride, input.rowStride)
    return plane == inputPlane && row == inputRow && input.border >= padding && taps == input.channels * size * size
      && (output.height - 1) * stride + size - 2 * padding <= input.height
      && (output.width - 1) * stride + size - 2 * padding <= input.width
  }
}
