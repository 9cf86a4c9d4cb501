// Gradients of convolutions with sixteen samples side by side. A tile of 4 channels by 4 taps stays in registers during
// the loop over positions: four vectors of deltas and four of inputs feed sixteen multiply-adds. The lanes of the
// sixteen sums are added up at the end, all at once, which costs three instructions for each sum.

internal import CNumeralCPU

#if KERNELS_AVX512
  private let mostChannels = 4
  private let mostTaps = 4
#else
  private let mostChannels = 2
  private let mostTaps = 2
#endif

/// Puts the kernel of this file into the table.
func putConvolutionGradient(into table: inout numeral_kernel_table) {
  table.convolutions.gradient = convolutionGradient
}

/// See ``numeral_convolution_kernels/gradient``.
private func convolutionGradient(
  _ gradient: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_planes>,
  _ delta: UnsafePointer<numeral_planes>, _ offsets: UnsafePointer<Int32>, _ step: Int, _ accumulates: Bool
) {
  let x = input.pointee
  let d = delta.pointee
  let (taps, stride) = (gradient.pointee.rows, gradient.pointee.stride)
  var c = 0
  while c < d.channels {
    let channels = d.channels - c < mostChannels ? d.channels - c : mostChannels
    var t = 0
    while t < taps {
      withTile(channels, taps - t < mostTaps ? taps - t : mostTaps) { o, w in
        var square = positionSums(Positions(input: x, delta: d, channel: c, step: step), offsets + t, o, w)
        square.r0 = sumsOfLanes(square)
        let sums = UnsafePointer(floats(&square))
        let target = gradient.pointee.base + (t * stride + c)
        addSums(sums, target, o, accumulates)
        if w > 1 { addSums(sums + 4, target + stride, o, accumulates) }
        if w > 2 { addSums(sums + 8, target + 2 * stride, o, accumulates) }
        if w > 3 { addSums(sums + 12, target + 3 * stride, o, accumulates) }
      }
      t += mostTaps
    }
    c += mostChannels
  }
}

/// The sums of one tap for `o` channels.
@inline(__always) private func addSums(
  _ sums: UnsafePointer<Float>, _ at: UnsafeMutablePointer<Float>, _ o: Int, _ accumulates: Bool
) {
  at[0] = accumulates ? at[0] + sums[0] : sums[0] + 0
  if o > 1 { at[1] = accumulates ? at[1] + sums[1] : sums[1] + 0 }
  if o > 2 { at[2] = accumulates ? at[2] + sums[2] : sums[2] + 0 }
  if o > 3 { at[3] = accumulates ? at[3] + sums[3] : sums[3] + 0 }
}

/// A vector for each of up to four channels.
private typealias Channels = (Vector, Vector, Vector, Vector)

/// The positions of some channels' deltas, from one channel on, and the inputs they are multiplied with, `step` apart.
private struct Positions {
  let input: numeral_planes
  let delta: numeral_planes
  let channel: Int
  let step: Int
}

/// The products at all positions, added up lane by lane, for `o` channels and `w` taps: row `4 · tap + channel` of a
/// square.
@inline(__always) private func positionSums(
  _ positions: Positions, _ offsets: UnsafePointer<Int32>, _ o: Int, _ w: Int
) -> Square {
  let (input, delta, step) = (positions.input, positions.delta, positions.step)
  let zero = Vector(repeating: 0)
  // The sums of each tap.
  let none = (zero, zero, zero, zero)
  var (s0, s1, s2, s3) = (none, none, none, none)
  let first = Int(offsets[0])
  let second = w > 1 ? Int(offsets[1]) : 0
  let third = w > 2 ? Int(offsets[2]) : 0
  let fourth = w > 3 ? Int(offsets[3]) : 0
  let columnStep = step * 16
  var y = 0
  while y < delta.height {
    var d = UnsafePointer(row(delta, positions.channel, y))
    var x = UnsafePointer(input.base) + y * step * input.row
    let end = d + delta.width * 16
    while d < end {
      // Loaded once for all taps.
      let deltas = (
        load(d), o > 1 ? load(d + delta.plane) : zero, o > 2 ? load(d + 2 * delta.plane) : zero,
        o > 3 ? load(d + 3 * delta.plane) : zero
      )
      addTap(&s0, load(x + first), deltas, o)
      if w > 1 { addTap(&s1, load(x + second), deltas, o) }
      if w > 2 { addTap(&s2, load(x + third), deltas, o) }
      if w > 3 { addTap(&s3, load(x + fourth), deltas, o) }
      d += 16
      x += columnStep
    }
    y += 1
  }
  return (
    s0.0, s0.1, s0.2, s0.3, s1.0, s1.1, s1.2, s1.3, s2.0, s2.1, s2.2, s2.3, s3.0, s3.1, s3.2, s3.3
  )
}

@inline(__always) private func addTap(
  _ sums: inout Channels, _ x: Vector, _ deltas: Channels, _ o: Int
) {
  sums.0 = multiplyAdd(sums.0, x, deltas.0)
  if o > 1 { sums.1 = multiplyAdd(sums.1, x, deltas.1) }
  if o > 2 { sums.2 = multiplyAdd(sums.2, x, deltas.2) }
  if o > 3 { sums.3 = multiplyAdd(sums.3, x, deltas.3) }
}

/// The sum of the lanes of each of sixteen vectors, as one vector.
///
/// Four times, pairs of vectors become one: the halves of each are added and their lanes interleaved. The place of a
/// sum is then the number of its vector with reversed bits, so the vectors are read in that order.
@inline(__always) private func sumsOfLanes(_ s: Square) -> Vector {
  let a = halves(halves(s.r0, s.r8), halves(s.r4, s.r12))
  let b = halves(halves(s.r2, s.r10), halves(s.r6, s.r14))
  let c = halves(halves(s.r1, s.r9), halves(s.r5, s.r13))
  let d = halves(halves(s.r3, s.r11), halves(s.r7, s.r15))
  return halves(halves(a, b), halves(c, d))
}

/// The sums of both halves: the first vector's in even lanes, the second's in odd lanes.
@inline(__always) private func halves(_ a: Vector, _ b: Vector) -> Vector {
  let (low, high) = interleave(a, b)
  return low + high
}

/// Calls a body with literals, so that each tile size gets its own code.
@inline(__always) private func withTile(_ channels: Int, _ taps: Int, _ body: (Int, Int) -> Void) {
  #if KERNELS_AVX512
    switch (channels, taps) {
    case (4, 4): body(4, 4)
    case (4, 3): body(4, 3)
    case (4, 2): body(4, 2)
    case (4, _): body(4, 1)
    case (3, 4): body(3, 4)
    case (3, 3): body(3, 3)
    case (3, 2): body(3, 2)
    case (3, _): body(3, 1)
    case (2, 4): body(2, 4)
    case (2, 3): body(2, 3)
    case (2, 2): body(2, 2)
    case (2, _): body(2, 1)
    case (_, 4): body(1, 4)
    case (_, 3): body(1, 3)
    case (_, 2): body(1, 2)
    default: body(1, 1)
    }
  #else
    switch (channels, taps) {
    case (2, 2): body(2, 2)
    case (2, _): body(2, 1)
    case (_, 2): body(1, 2)
    default: body(1, 1)
    }
  #endif
}
