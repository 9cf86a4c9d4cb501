// Dense products. A tile of outputs is held in registers while k runs over all terms: broadcasts from rows of the
// input as they lie in memory, vectors from packed weights. Not packing the input, a tile that divides the batch and
// one pass over k is what made this faster than the packed and k-blocked forms tried before (80 % of peak against 95).
//
// Tiles are limited by the registers: AVX-512 has 32, so 8 samples × 2 vectors take 16 and leave room for loads;
// AVX2 has 16 of half the width: 6 × 1 takes 12; the baseline 2 × 1 of a quarter: 8 of 16.

/// See ``numeral_kernel_table/product``.
func product(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int, _ activation: Int32, _ slope: Float
) {
  if activation == 1 {
    rectifiedProduct(out, outStride, input, inputStride, panels, samples, terms, columns)
  } else {
    plainProduct(out, outStride, input, inputStride, panels, samples, terms, columns)
    activate(out, outStride, samples, columns, activation, slope)
  }
}

/// See ``numeral_kernel_table/product_through_activation``.
func productThroughActivation(
  _ out: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>,
  _ inputStride: Int, _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int,
  _ activation: Int32, _ slope: Float
) {
  if activation == 1 {
    productThroughRectified(out, y, outStride, input, inputStride, panels, samples, terms, columns)
  } else {
    plainProduct(out, outStride, input, inputStride, panels, samples, terms, columns)
    differentiate(out, y, outStride, samples, columns, activation, slope)
  }
}

// Three functions, each compiled for its ending: in one of three times the size the compiler would not inline the tiles.

private func plainProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int
) {
  forEachRowTile(samples, isNarrow: columns <= 32) { s, height in
    sums(out + s * outStride, outStride, input + s * inputStride, inputStride, panels, height, terms, columns, .plain)
  }
}

private func rectifiedProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int
) {
  forEachRowTile(samples, isNarrow: columns <= 32) { s, height in
    sums(
      out + s * outStride, outStride, input + s * inputStride, inputStride, panels, height, terms, columns, .rectified)
  }
}

private func productThroughRectified(
  _ out: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>,
  _ inputStride: Int, _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int
) {
  let distance = y - UnsafePointer(out)
  forEachRowTile(samples, isNarrow: columns <= 32) { s, height in
    sums(
      out + s * outStride, outStride, input + s * inputStride, inputStride, panels, height, terms, columns,
      .throughRectified(distance))
  }
}

/// What happens to a sum before it is written. Other activations than ReLU take a second look at the rows of a tile.
private enum Ending {
  case plain
  /// ReLU: the larger of it and 0.
  case rectified
  /// The derivative of ReLU, whose outputs lie so many numbers further than the sums. Here, because a load under a mask must
  /// wait until what was just written there has reached the cache: `tiny` spent 9.5 % of its time in that wait, Zen 4.
  case throughRectified(Int)
}

#if KERNELS_AVX512
  private let tileHeight = 8
#elseif KERNELS_AVX2
  private let tileHeight = 6
#else
  private let tileHeight = 2
#endif

/// Calls a body with the first sample and the height of every tile: full ones, then samples one by one. One sample by one or
/// two vectors would wait for its own sums, so what is left of a narrow product goes by fours, the last of which may begin
/// with samples that have been computed before: the same again.
@inline(__always) private func forEachRowTile(_ samples: Int, isNarrow: Bool, _ body: (Int, Int) -> Void) {
  var s = 0
  while s < samples {
    var height = samples - s >= tileHeight ? tileHeight : 1
    #if KERNELS_AVX512
      if height == 1, isNarrow, samples - s > 1, samples >= 4 {
        height = 4
        if samples - s < 4 { s = samples - 4 }
      }
    #endif
    body(s, height)
    s += height
  }
}

/// The sums with bias of a tile of 1 or `tileHeight` samples, or of 4 on AVX-512, for all columns.
@inline(__always) private func sums(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ panels: UnsafePointer<Float>, _ height: Int, _ terms: Int, _ columns: Int, _ ending: Ending
) {
  let panelSize = (1 + terms) * 16
  var j = 0
  if height == 1 {
    while columns - j >= 128 {
      tile1x8(out + j, input, panels + (j &>> 4) * panelSize, panelSize, terms, ending)
      j += 128
    }
    while columns - j >= 64 {
      tile1x4(out + j, input, panels + (j &>> 4) * panelSize, panelSize, terms, ending)
      j += 64
    }
    while j < columns {
      tile1x1(out + j, input, panels + (j &>> 4) * panelSize, terms, ending)
      j += 16
    }
    return
  }
  #if KERNELS_AVX512
    if height == 4 {
      while j < columns {
        tile4x1(out + j, outStride, input, inputStride, panels + (j &>> 4) * panelSize, terms, ending)
        j += 16
      }
      return
    }
    while columns - j >= 32 {
      tile8x2(out + j, outStride, input, inputStride, panels + (j &>> 4) * panelSize, panelSize, terms, ending)
      j += 32
    }
    while j < columns {
      tile8x1(out + j, outStride, input, inputStride, panels + (j &>> 4) * panelSize, terms, ending)
      j += 16
    }
  #elseif KERNELS_AVX2
    while j < columns {
      tile6x1(out + j, outStride, input, inputStride, panels + (j &>> 4) * panelSize, terms, ending)
      j += 16
    }
  #else
    while j < columns {
      tile2x1(out + j, outStride, input, inputStride, panels + (j &>> 4) * panelSize, terms, ending)
      j += 16
    }
  #endif
}

/// A finished sum: the bias added, and +0 so that no negative zero is left.
@inline(__always) private func finish(
  _ sum: Vector, _ bias: Vector, _ out: UnsafeMutablePointer<Float>, _ ending: Ending
) {
  let ended = (sum + bias) + Vector(repeating: 0)
  switch ending {
  case .plain: store(ended, out)
  case .rectified: store(rectified(ended), out)
  case .throughRectified(let distance):
    store(throughRectified(ended, load(out + distance)), out)
  }
}

@inline(__always) private func tile1x1(
  _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ terms: Int,
  _ ending: Ending
) {
  var c = Vector(repeating: 0)
  var w = panel + 16
  var k = 0
  while k < terms {
    c = multiplyAdd(c, input[k], load(w))
    w += 16
    k += 1
  }
  finish(c, load(panel), out, ending)
}

@inline(__always) private func tile1x4(
  _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ panelSize: Int,
  _ terms: Int, _ ending: Ending
) {
  var c0 = Vector(repeating: 0)
  var c1 = c0
  var c2 = c0
  var c3 = c0
  var w = panel + 16
  var k = 0
  while k < terms {
    let x = Vector(repeating: input[k])
    c0 = multiplyAdd(c0, x, load(w))
    c1 = multiplyAdd(c1, x, load(w + panelSize))
    c2 = multiplyAdd(c2, x, load(w + 2 * panelSize))
    c3 = multiplyAdd(c3, x, load(w + 3 * panelSize))
    w += 16
    k += 1
  }
  finish(c0, load(panel), out, ending)
  finish(c1, load(panel + panelSize), out + 16, ending)
  finish(c2, load(panel + 2 * panelSize), out + 32, ending)
  finish(c3, load(panel + 3 * panelSize), out + 48, ending)
}

/// One sample by eight vectors: on AVX-512 as many sums in flight as two units of latency 4 need.
@inline(__always) private func tile1x8(
  _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ panelSize: Int,
  _ terms: Int, _ ending: Ending
) {
  #if KERNELS_AVX512
    var c0 = Vector(repeating: 0)
    var (c1, c2, c3, c4, c5, c6, c7) = (c0, c0, c0, c0, c0, c0, c0)
    var w = panel + 16
    var v = w + 4 * panelSize
    var k = 0
    while k < terms {
      let x = Vector(repeating: input[k])
      c0 = multiplyAdd(c0, x, load(w))
      c1 = multiplyAdd(c1, x, load(w + panelSize))
      c2 = multiplyAdd(c2, x, load(w + 2 * panelSize))
      c3 = multiplyAdd(c3, x, load(w + 3 * panelSize))
      c4 = multiplyAdd(c4, x, load(v))
      c5 = multiplyAdd(c5, x, load(v + panelSize))
      c6 = multiplyAdd(c6, x, load(v + 2 * panelSize))
      c7 = multiplyAdd(c7, x, load(v + 3 * panelSize))
      w += 16
      v += 16
      k += 1
    }
    finish(c0, load(panel), out, ending)
    finish(c1, load(panel + panelSize), out + 16, ending)
    finish(c2, load(panel + 2 * panelSize), out + 32, ending)
    finish(c3, load(panel + 3 * panelSize), out + 48, ending)
    finish(c4, load(panel + 4 * panelSize), out + 64, ending)
    finish(c5, load(panel + 5 * panelSize), out + 80, ending)
    finish(c6, load(panel + 6 * panelSize), out + 96, ending)
    finish(c7, load(panel + 7 * panelSize), out + 112, ending)
  #else
    tile1x4(out, input, panel, panelSize, terms, ending)
    tile1x4(out + 64, input, panel + 4 * panelSize, panelSize, terms, ending)
  #endif
}

#if KERNELS_AVX512
  @inline(__always) private func tile4x1(
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ stride: Int,
    _ panel: UnsafePointer<Float>, _ terms: Int, _ ending: Ending
  ) {
    let zero = Vector(repeating: 0)
    var (c0, c1, c2, c3) = (zero, zero, zero, zero)
    var w = panel + 16
    var x = input
    var k = 0
    while k < terms {
      let u = load(w)
      c0 = multiplyAdd(c0, x.pointee, u)
      c1 = multiplyAdd(c1, x[stride], u)
      c2 = multiplyAdd(c2, x[2 * stride], u)
      c3 = multiplyAdd(c3, x[3 * stride], u)
      w += 16
      x += 1
      k += 1
    }
    let bias = load(panel)
    finish(c0, bias, out, ending)
    finish(c1, bias, out + outStride, ending)
    finish(c2, bias, out + 2 * outStride, ending)
    finish(c3, bias, out + 3 * outStride, ending)
  }

  @inline(__always) private func tile8x2(
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ stride: Int,
    _ panel: UnsafePointer<Float>, _ panelSize: Int, _ terms: Int, _ ending: Ending
  ) {
    let zero = Vector(repeating: 0)
    var (a0, a1, a2, a3, a4, a5, a6, a7) = (zero, zero, zero, zero, zero, zero, zero, zero)
    var (b0, b1, b2, b3, b4, b5, b6, b7) = (zero, zero, zero, zero, zero, zero, zero, zero)
    var w = panel + 16
    var x = input
    var y = input + 4 * stride
    var k = 0
    while k < terms {
      let u = load(w)
      let v = load(w + panelSize)
      let x0 = Vector(repeating: x.pointee)
      a0 = multiplyAdd(a0, x0, u)
      b0 = multiplyAdd(b0, x0, v)
      let x1 = Vector(repeating: x[stride])
      a1 = multiplyAdd(a1, x1, u)
      b1 = multiplyAdd(b1, x1, v)
      let x2 = Vector(repeating: x[2 * stride])
      a2 = multiplyAdd(a2, x2, u)
      b2 = multiplyAdd(b2, x2, v)
      let x3 = Vector(repeating: x[3 * stride])
      a3 = multiplyAdd(a3, x3, u)
      b3 = multiplyAdd(b3, x3, v)
      let x4 = Vector(repeating: y.pointee)
      a4 = multiplyAdd(a4, x4, u)
      b4 = multiplyAdd(b4, x4, v)
      let x5 = Vector(repeating: y[stride])
      a5 = multiplyAdd(a5, x5, u)
      b5 = multiplyAdd(b5, x5, v)
      let x6 = Vector(repeating: y[2 * stride])
      a6 = multiplyAdd(a6, x6, u)
      b6 = multiplyAdd(b6, x6, v)
      let x7 = Vector(repeating: y[3 * stride])
      a7 = multiplyAdd(a7, x7, u)
      b7 = multiplyAdd(b7, x7, v)
      w += 16
      x += 1
      y += 1
      k += 1
    }
    let c = load(panel)
    let d = load(panel + panelSize)
    finish(a0, c, out, ending)
    finish(b0, d, out + 16, ending)
    finish(a1, c, out + outStride, ending)
    finish(b1, d, out + outStride + 16, ending)
    finish(a2, c, out + 2 * outStride, ending)
    finish(b2, d, out + 2 * outStride + 16, ending)
    finish(a3, c, out + 3 * outStride, ending)
    finish(b3, d, out + 3 * outStride + 16, ending)
    finish(a4, c, out + 4 * outStride, ending)
    finish(b4, d, out + 4 * outStride + 16, ending)
    finish(a5, c, out + 5 * outStride, ending)
    finish(b5, d, out + 5 * outStride + 16, ending)
    finish(a6, c, out + 6 * outStride, ending)
    finish(b6, d, out + 6 * outStride + 16, ending)
    finish(a7, c, out + 7 * outStride, ending)
    finish(b7, d, out + 7 * outStride + 16, ending)
  }

  @inline(__always) private func tile8x1(
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ stride: Int,
    _ panel: UnsafePointer<Float>, _ terms: Int, _ ending: Ending
  ) {
    let zero = Vector(repeating: 0)
    var (a0, a1, a2, a3, a4, a5, a6, a7) = (zero, zero, zero, zero, zero, zero, zero, zero)
    var w = panel + 16
    var x = input
    var y = input + 4 * stride
    var k = 0
    while k < terms {
      let u = load(w)
      a0 = multiplyAdd(a0, x.pointee, u)
      a1 = multiplyAdd(a1, x[stride], u)
      a2 = multiplyAdd(a2, x[2 * stride], u)
      a3 = multiplyAdd(a3, x[3 * stride], u)
      a4 = multiplyAdd(a4, y.pointee, u)
      a5 = multiplyAdd(a5, y[stride], u)
      a6 = multiplyAdd(a6, y[2 * stride], u)
      a7 = multiplyAdd(a7, y[3 * stride], u)
      w += 16
      x += 1
      y += 1
      k += 1
    }
    let c = load(panel)
    finish(a0, c, out, ending)
    finish(a1, c, out + outStride, ending)
    finish(a2, c, out + 2 * outStride, ending)
    finish(a3, c, out + 3 * outStride, ending)
    finish(a4, c, out + 4 * outStride, ending)
    finish(a5, c, out + 5 * outStride, ending)
    finish(a6, c, out + 6 * outStride, ending)
    finish(a7, c, out + 7 * outStride, ending)
  }
#elseif KERNELS_AVX2
  @inline(__always) private func tile6x1(
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ stride: Int,
    _ panel: UnsafePointer<Float>, _ terms: Int, _ ending: Ending
  ) {
    let zero = Vector(repeating: 0)
    var (a0, a1, a2, a3, a4, a5) = (zero, zero, zero, zero, zero, zero)
    var w = panel + 16
    var x = input
    var y = input + 3 * stride
    var k = 0
    while k < terms {
      let u = load(w)
      a0 = multiplyAdd(a0, x.pointee, u)
      a1 = multiplyAdd(a1, x[stride], u)
      a2 = multiplyAdd(a2, x[2 * stride], u)
      a3 = multiplyAdd(a3, y.pointee, u)
      a4 = multiplyAdd(a4, y[stride], u)
      a5 = multiplyAdd(a5, y[2 * stride], u)
      w += 16
      x += 1
      y += 1
      k += 1
    }
    let c = load(panel)
    finish(a0, c, out, ending)
    finish(a1, c, out + outStride, ending)
    finish(a2, c, out + 2 * outStride, ending)
    finish(a3, c, out + 3 * outStride, ending)
    finish(a4, c, out + 4 * outStride, ending)
    finish(a5, c, out + 5 * outStride, ending)
  }
#else
  @inline(__always) private func tile2x1(
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ stride: Int,
    _ panel: UnsafePointer<Float>, _ terms: Int, _ ending: Ending
  ) {
    var a0 = Vector(repeating: 0)
    var a1 = a0
    var w = panel + 16
    var k = 0
    while k < terms {
      let u = load(w)
      a0 = multiplyAdd(a0, input[k], u)
      a1 = multiplyAdd(a1, input[stride + k], u)
      w += 16
      k += 1
    }
    finish(a0, load(panel), out, ending)
    finish(a1, load(panel), out + outStride, ending)
  }
#endif
