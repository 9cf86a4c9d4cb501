// Convolutions with sixteen samples side by side. A lane is a sample, so a vector holds one position of one channel for
// all samples. Every number of channels, window, stride and border uses the same plain loop without a remainder.
//
// A window is a list of offsets, its *taps*, each with the place of its weights. The caller leaves out taps that meet
// only zeros of the border. A tile of 4 output channels by 6 positions stays in registers during the loop over taps:
// six vectors and four broadcasts feed 24 multiply-adds. The same loop is the backward product, with the weights packed
// the other way round and the offsets reversed.
//
// Rejected: channels in the lanes (a first layer of six or eight maps would leave half of them idle, and a dense last
// layer would need its input sample by sample); patches copied into a matrix (nine times the memory traffic, nothing
// saved).
//
// The registers limit the tile: 4 × 6 sums, 6 positions and a weight take 31 of AVX-512's 32. AVX2 has 16 registers of
// half the width: 2 × 3. The order of each sum is that of the taps, whatever the tile.

internal import CNumeralCPU

#if KERNELS_AVX512
  private let mostColumns = 6
  private let mostOutputs = 4
#elseif KERNELS_AVX2
  private let mostColumns = 3
  private let mostOutputs = 2
#else
  private let mostColumns = 1
  private let mostOutputs = 2
#endif

/// Puts the kernels of this file into the table.
func putConvolutions(into table: inout numeral_kernel_table) {
  table.convolutions.convolve = convolve
  table.convolutions.convolve_back = convolveBack
  table.convolutions.pack_taps = packTaps
  table.convolutions.pack_taps_back = packTapsBack
}

/// See ``numeral_convolution_kernels/convolve``.
private func convolve(
  _ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>, _ taps: UnsafePointer<numeral_taps>,
  _ bias: UnsafePointer<Float>, _ activation: UnsafePointer<numeral_activation>
) {
  let activation = activation.pointee
  let isRectified = activation.function == numeral_activation_relu
  // ReLU is max(sum, 0); no activation is max(sum, −∞).
  tiles(out.pointee, input.pointee, taps.pointee, bias, isRectified ? 0 : -Float.infinity)
  if isRectified || activation.function == numeral_activation_identity { return }
  forEachRow(out.pointee) { c, y, count in activate(row(out.pointee, c, y), count, 1, count, activation) }
}

/// See ``numeral_convolution_kernels/convolve_back``.
private func convolveBack(
  _ out: UnsafePointer<numeral_planes>, _ delta: UnsafePointer<numeral_planes>, _ taps: UnsafePointer<numeral_taps>,
  _ y: UnsafePointer<numeral_planes>, _ activation: UnsafePointer<numeral_activation>
) {
  tiles(out.pointee, delta.pointee, taps.pointee, nil, -Float.infinity)
  differentiatePlanes(out, y, activation)
}

/// See ``numeral_convolution_kernels/pack_taps``.
private func packTaps(
  _ panels: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<numeral_matrix>, _ first: Int, _ last: Int
) {
  let weights = weights.pointee
  var c = 0
  while c < weights.columns {
    let panel = panels + (c &>> 2) * (weights.rows * 4)
    var t = first
    while t < last {
      let quad = UnsafeRawPointer(weights.base + (t * weights.stride + c)).loadUnaligned(as: SIMD4<Float>.self)
      UnsafeMutableRawPointer(panel + t * 4).storeBytes(of: quad, as: SIMD4<Float>.self)
      t += 1
    }
    c += 4
  }
}

/// See ``numeral_convolution_kernels/pack_taps_back``.
private func packTapsBack(
  _ panels: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<numeral_matrix>, _ window: Int, _ first: Int,
  _ last: Int
) {
  let weights = weights.pointee
  let outputs = weights.columns
  var t = first
  while t < last {
    let channel = t / window
    let place = t - channel * window
    var target = panels + ((channel &>> 2) * outputs * window + place) * 4 + (channel & 3)
    let source = weights.base + t * weights.stride
    var c = 0
    while c < outputs {
      target.pointee = source[c]
      target += window * 4
      c += 1
    }
    t += 1
  }
}

/// Computes the sums of every position and channel, adds the bias and +0, and takes the maximum with `least`.
///
/// All uses share this function, because it consists of 24 loops.
@inline(never) private func tiles(
  _ out: numeral_planes, _ input: numeral_planes, _ taps: numeral_taps, _ bias: UnsafePointer<Float>?, _ least: Float
) {
  let step = taps.step
  // As many tiles for each row as needed, of nearly equal width.
  let tiles = (out.width + mostColumns - 1) / mostColumns
  let least = Vector(repeating: least)
  var y = 0
  while y < out.height {
    var c = 0
    while c < out.channels {
      let outputs = out.channels - c < mostOutputs ? out.channels - c : mostOutputs
      let panel = taps.panels + ((c &>> 2) * (taps.panel_taps * 4) + (c & 3))
      var tile = 0
      var x = 0
      while tile < tiles {
        let end = out.width * (tile + 1) / tiles
        let target = out.base + (c * out.plane + y * out.row + x * 16)
        let source = UnsafePointer(input.base) + (y * step * input.row + x * step * 16)
        withTile(outputs, end - x) { o, w in
          let s = tapSums(source, step * 16, panel, taps, o, w)
          finish(s.0, w, bias?[c] ?? 0, least, target)
          if o > 1 { finish(s.1, w, bias?[c + 1] ?? 0, least, target + out.plane) }
          if o > 2 { finish(s.2, w, bias?[c + 2] ?? 0, least, target + 2 * out.plane) }
          if o > 3 { finish(s.3, w, bias?[c + 3] ?? 0, least, target + 3 * out.plane) }
        }
        x = end
        tile += 1
      }
      c += mostOutputs
    }
    y += 1
  }
}

/// Sums of up to six positions.
private typealias Six = (Vector, Vector, Vector, Vector, Vector, Vector)
/// Sums of up to four channels.
private typealias Tile = (Six, Six, Six, Six)

/// Finished sums of one channel.
@inline(__always) private func finish(
  _ s: Six, _ w: Int, _ bias: Float, _ least: Vector, _ at: UnsafeMutablePointer<Float>
) {
  finish(s.0, bias, least, at)
  if w > 1 { finish(s.1, bias, least, at + 16) }
  if w > 2 { finish(s.2, bias, least, at + 32) }
  if w > 3 { finish(s.3, bias, least, at + 48) }
  if w > 4 { finish(s.4, bias, least, at + 64) }
  if w > 5 { finish(s.5, bias, least, at + 80) }
}

@inline(__always) private func finish(
  _ sum: Vector, _ bias: Float, _ least: Vector, _ at: UnsafeMutablePointer<Float>
) {
  store(larger((sum + bias) + Vector(repeating: 0), least), at)
}

/// The sums of `o` channels by `w` positions that lie `columnStep` floats apart; both are literals.
@inline(__always) private func tapSums(
  _ source: UnsafePointer<Float>, _ columnStep: Int, _ panel: UnsafePointer<Float>, _ taps: numeral_taps, _ o: Int,
  _ w: Int
) -> Tile {
  let zero = Vector(repeating: 0)
  let six = (zero, zero, zero, zero, zero, zero)
  var s = (six, six, six, six)
  var t = 0
  while t < taps.count {
    let x = source + Int(taps.offsets[t])
    let weights = panel + Int(taps.places[t])
    let v = (
      load(x), w > 1 ? load(x + columnStep) : zero, w > 2 ? load(x + 2 * columnStep) : zero,
      w > 3 ? load(x + 3 * columnStep) : zero, w > 4 ? load(x + 4 * columnStep) : zero,
      w > 5 ? load(x + 5 * columnStep) : zero
    )
    addTap(&s.0, w, weights[0], v)
    if o > 1 { addTap(&s.1, w, weights[1], v) }
    if o > 2 { addTap(&s.2, w, weights[2], v) }
    if o > 3 { addTap(&s.3, w, weights[3], v) }
    t += 1
  }
  return s
}

@inline(__always) private func addTap(_ s: inout Six, _ w: Int, _ weight: Float, _ v: Six) {
  let factor = Vector(repeating: weight)
  s.0 = multiplyAdd(s.0, factor, v.0)
  if w > 1 { s.1 = multiplyAdd(s.1, factor, v.1) }
  if w > 2 { s.2 = multiplyAdd(s.2, factor, v.2) }
  if w > 3 { s.3 = multiplyAdd(s.3, factor, v.3) }
  if w > 4 { s.4 = multiplyAdd(s.4, factor, v.4) }
  if w > 5 { s.5 = multiplyAdd(s.5, factor, v.5) }
}

/// Calls a body with literals, so that each tile size gets its own code.
@inline(__always) private func withTile(_ outputs: Int, _ columns: Int, _ body: (Int, Int) -> Void) {
  #if KERNELS_AVX512
    switch (outputs, columns) {
    case (4, 6): body(4, 6)
    case (4, 5): body(4, 5)
    case (4, 4): body(4, 4)
    case (4, 3): body(4, 3)
    case (4, 2): body(4, 2)
    case (4, _): body(4, 1)
    case (3, 6): body(3, 6)
    case (3, 5): body(3, 5)
    case (3, 4): body(3, 4)
    case (3, 3): body(3, 3)
    case (3, 2): body(3, 2)
    case (3, _): body(3, 1)
    case (2, 6): body(2, 6)
    case (2, 5): body(2, 5)
    case (2, 4): body(2, 4)
    case (2, 3): body(2, 3)
    case (2, 2): body(2, 2)
    case (2, _): body(2, 1)
    case (_, 6): body(1, 6)
    case (_, 5): body(1, 5)
    case (_, 4): body(1, 4)
    case (_, 3): body(1, 3)
    case (_, 2): body(1, 2)
    default: body(1, 1)
    }
  #elseif KERNELS_AVX2
    switch (outputs, columns) {
    case (2, 3): body(2, 3)
    case (2, 2): body(2, 2)
    case (2, _): body(2, 1)
    case (_, 3): body(1, 3)
    case (_, 2): body(1, 2)
    default: body(1, 1)
    }
  #else
    if outputs == 2 { body(2, 1) } else { body(1, 1) }
  #endif
}
