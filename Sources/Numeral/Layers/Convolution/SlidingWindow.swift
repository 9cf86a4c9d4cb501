/// The reads of a convolution's window: the offset of each tap from the vector of a position, forward and back.
///
/// ```
/// forward, tap (i, p, q):   in[i, stride · y + p − padding, stride · x + q − padding]
/// back, tap (c, p, q):      delta[c, y − p + padding, x − q + padding]
/// ```
///
/// With a stride above 1 the way back reads deltas that were spread out with zeros between them, so its stride is 1.
///
/// Near the upper and the lower edge some rows of a window lie in the border, where all is zero. Output rows that see
/// the same rows of the window form a ``Band``, whose list has only those taps. The bits are the same. On the way back
/// through 5×5 windows on 12×12 this saves a third of the work.
final class SlidingWindow {
  /// Output rows that share a list of taps.
  struct Band {
    let rows: Range<Int>
    let offsets: Buffer<Int32>
    /// The place of each tap's weights in a panel.
    let places: Buffer<Int32>
  }

  let stride: Int
  /// The number of terms of an output: channels below · window.
  let taps: Int
  /// The number of terms of an input's delta: channels above · window.
  let backTaps: Int
  /// The offsets of all taps, forward.
  let offsets: Buffer<Int32>
  let forwardBands: [Band]
  /// Empty if no delta flows back.
  let backBands: [Band]

  /// The number of rows that the bands of the way back cover; 0 if no delta flows back.
  let inputRows: Int

  private let outputRows: Int
  private let size: Int
  private let padding: Int
  private let inputPlane: Int
  private let inputRow: Int

  /// Computes the offsets of a convolution between planes. `delta` is what the way back reads, nil if no delta flows
  /// back.
  init(_ window: ConvolutionWindow, input: Planes, output: Planes, delta: Planes?) {
    stride = window.stride
    size = window.size
    padding = window.padding
    taps = input.channels * size * size
    backTaps = output.channels * size * size
    outputRows = output.height
    inputRows = delta == nil ? 0 : input.height
    inputPlane = input.planeStride
    inputRow = input.rowStride
    let (stride, size, padding) = (stride, size, padding)
    let forward = SlidingWindow.offsets(in: input, size: size) { $0 - padding }
    offsets = Buffer(forward)
    forwardBands = SlidingWindow.bands(rows: output.height, size: size, offsets: forward) { row, tap in
      (0..<input.height).contains(row * stride + tap - padding)
    }
    guard let delta else {
      backBands = []
      return
    }
    let back = SlidingWindow.offsets(in: delta, size: size) { padding - $0 }
    // If deltas are spread out, the rows between them are zeros too.
    backBands = SlidingWindow.bands(rows: input.height, size: size, offsets: back) { row, tap in
      let seen = row - tap + padding
      return (0..<delta.height).contains(seen) && seen % stride == 0
    }
  }

  /// The offsets of all taps, counted from a position's vector in the first channel: channel by channel, row by row.
  private static func offsets(in planes: Planes, size: Int, shift: (Int) -> Int) -> [Int32] {
    var offsets: [Int32] = []
    for channel in 0..<planes.channels {
      for y in 0..<size {
        for x in 0..<size {
          offsets.append(
            Int32(channel * planes.planeStride + shift(y) * planes.rowStride + shift(x) * Planes.lanes))
        }
      }
    }
    return offsets
  }

  /// The rows of an output, grouped by the rows of the window that they see.
  private static func bands(
    rows: Int, size: Int, offsets: [Int32], sees: (_ row: Int, _ tapRow: Int) -> Bool
  ) -> [Band] {
    var bands: [Band] = []
    var first = 0
    while first < rows {
      let seen = (0..<size).filter { sees(first, $0) }
      var end = first + 1
      while end < rows, (0..<size).filter({ sees(end, $0) }) == seen { end += 1 }
      let kept = offsets.indices.filter { seen.contains($0 / size % size) }
      bands.append(
        Band(
          rows: first..<end, offsets: Buffer(kept.map { offsets[$0] }), places: Buffer(kept.map { Int32(4 * $0) })))
      first = end
    }
    return bands
  }

  /// True if the offsets belong to planes with this layout, and no window reaches beyond them.
  func fits(input: Planes, output: Planes) -> Bool {
    input.planeStride == inputPlane && input.rowStride == inputRow && input.border >= padding
      && taps == input.channels * size * size && outputRows == output.height
      && (output.width - 1) * stride + size - 2 * padding <= input.width
  }
}
