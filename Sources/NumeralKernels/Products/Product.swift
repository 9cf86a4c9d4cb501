// Dense products. A tile of outputs stays in registers while k runs over all terms: broadcasts from rows of the input
// in place, vectors from packed weights. Earlier versions packed the input and blocked k, and reached 80 % of peak.
// This one reaches 95 %, because the input is not packed, the tile divides the batch, and there is one pass over k.
//
// The registers limit the tiles: AVX-512 has 32, so 8 samples × 2 vectors take 16 and leave room for loads; AVX2 has 16
// of half the width: 6 × 1 takes 12; the baseline has 16 of a quarter: 2 × 1 takes 8.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putProducts(into table: inout numeral_kernel_table) {
  table.products.product = product
  table.products.product_through_activation = productThroughActivation
}

/// See ``numeral_product_kernels/product``.
private func product(
  _ out: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>, _ panels: UnsafePointer<Float>,
  _ activation: UnsafePointer<numeral_activation>
) {
  let (out, input, activation) = (out.pointee, input.pointee, activation.pointee)
  if activation.function == numeral_activation_relu {
    rectifiedProduct(out, input, panels)
  } else {
    plainProduct(out, input, panels)
    activate(out.base, out.stride, out.rows, wholeVectors(out.columns), activation)
  }
}

/// See ``numeral_product_kernels/product_through_activation``.
private func productThroughActivation(
  _ out: UnsafePointer<numeral_matrix>, _ y: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>,
  _ panels: UnsafePointer<Float>, _ activation: UnsafePointer<numeral_activation>
) {
  let (out, input, activation) = (out.pointee, input.pointee, activation.pointee)
  let y = y.pointee.base
  if activation.function == numeral_activation_relu {
    productThroughRectified(out, y, input, panels)
  } else {
    plainProduct(out, input, panels)
    differentiate(out.base, y, out.stride, out.rows, wholeVectors(out.columns), activation)
  }
}

// Three functions, each compiled for its ending: the compiler would not inline the tiles into a function of three times
// the size.

private func plainProduct(_ out: numeral_matrix, _ input: numeral_matrix, _ panels: UnsafePointer<Float>) {
  forEachRowTile(out, input, panels, .plain) { tile, height in tile.compute(height) }
}

private func rectifiedProduct(_ out: numeral_matrix, _ input: numeral_matrix, _ panels: UnsafePointer<Float>) {
  forEachRowTile(out, input, panels, .rectified) { tile, height in tile.compute(height) }
}

private func productThroughRectified(
  _ out: numeral_matrix, _ y: UnsafePointer<Float>, _ input: numeral_matrix, _ panels: UnsafePointer<Float>
) {
  let distance = y - UnsafePointer(out.base)
  forEachRowTile(out, input, panels, .throughRectified(distance)) { tile, height in tile.compute(height) }
}

/// The last step for a sum before it is written. Activations other than ReLU process the rows of a tile in a second
/// pass.
private enum Ending {
  case plain
  /// ReLU: max(sum, 0).
  case rectified
  /// The derivative of ReLU, whose outputs are a given distance after the sums. It is applied here, because a masked
  /// load must wait until an earlier store to the same place has reached the cache: on Zen 4 `tiny` spent 9.5 % of its
  /// time in that wait.
  case throughRectified(Int)
}

#if KERNELS_AVX512
  private let tileHeight = 8
#elseif KERNELS_AVX2
  private let tileHeight = 6
#else
  private let tileHeight = 2
#endif

/// Calls a body with every tile of rows and its height: full tiles, then samples one by one. One sample by one or two
/// vectors would wait for its own sums. So the remainder of a narrow product is processed in groups of four. The last
/// group may start with samples that are already computed, with the same results.
@inline(__always) private func forEachRowTile(
  _ out: numeral_matrix, _ input: numeral_matrix, _ panels: UnsafePointer<Float>, _ ending: Ending,
  _ body: (Tile, Int) -> Void
) {
  let samples = out.rows
  let columns = wholeVectors(out.columns)
  var s = 0
  while s < samples {
    var height = samples - s >= tileHeight ? tileHeight : 1
    #if KERNELS_AVX512
      if height == 1, columns <= 32, samples - s > 1, samples >= 4 {
        height = 4
        if samples - s < 4 { s = samples - 4 }
      }
    #endif
    body(
      Tile(
        out: out.base + s * out.stride, outStride: out.stride, columns: columns, input: input.base + s * input.stride,
        stride: input.stride, terms: input.columns, panels: panels, ending: ending), height)
    s += height
  }
}

/// Some samples of a product.
private struct Tile {
  let out: UnsafeMutablePointer<Float>
  let outStride: Int
  /// Whole vectors.
  let columns: Int
  let input: UnsafePointer<Float>
  /// The distance between two samples of the input.
  let stride: Int
  let terms: Int
  let panels: UnsafePointer<Float>
  let ending: Ending

  /// The number of elements of a panel.
  @inline(__always) var panelSize: Int { (1 + terms) * 16 }

  /// The sums with bias of 1 or `tileHeight` samples, or of 4 on AVX-512, for all columns.
  @inline(__always) func compute(_ height: Int) {
    var j = 0
    if height == 1 {
      while columns - j >= 128 {
        compute1x8(out + j, panels + (j &>> 4) * panelSize)
        j += 128
      }
      while columns - j >= 64 {
        compute1x4(out + j, panels + (j &>> 4) * panelSize)
        j += 64
      }
      while j < columns {
        compute1x1(out + j, panels + (j &>> 4) * panelSize)
        j += 16
      }
      return
    }
    #if KERNELS_AVX512
      if height == 4 {
        while j < columns {
          compute4x1(out + j, panels + (j &>> 4) * panelSize)
          j += 16
        }
        return
      }
      while columns - j >= 32 {
        compute8x2(out + j, panels + (j &>> 4) * panelSize)
        j += 32
      }
      while j < columns {
        compute8x1(out + j, panels + (j &>> 4) * panelSize)
        j += 16
      }
    #elseif KERNELS_AVX2
      while j < columns {
        compute6x1(out + j, panels + (j &>> 4) * panelSize)
        j += 16
      }
    #else
      while j < columns {
        compute2x1(out + j, panels + (j &>> 4) * panelSize)
        j += 16
      }
    #endif
  }

  /// A finished sum: the bias is added, and +0, so no negative zero is left.
  @inline(__always) private func finish(_ sum: Vector, _ bias: Vector, _ out: UnsafeMutablePointer<Float>) {
    let ended = (sum + bias) + Vector(repeating: 0)
    switch ending {
    case .plain: store(ended, out)
    case .rectified: store(rectified(ended), out)
    case .throughRectified(let distance): store(throughRectified(ended, load(out + distance)), out)
    }
  }

  // Tiles of some samples by some vectors, at an output and a panel.

  @inline(__always) private func compute1x1(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
    var c = Vector(repeating: 0)
    var w = panel + 16
    var k = 0
    while k < terms {
      c = multiplyAdd(c, input[k], load(w))
      w += 16
      k += 1
    }
    finish(c, load(panel), out)
  }

  @inline(__always) private func compute1x4(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
    finish(c0, load(panel), out)
    finish(c1, load(panel + panelSize), out + 16)
    finish(c2, load(panel + 2 * panelSize), out + 32)
    finish(c3, load(panel + 3 * panelSize), out + 48)
  }

  /// One sample by eight vectors: on AVX-512 two execution units of latency 4 need as many sums in parallel.
  @inline(__always) private func compute1x8(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
      finish(c0, load(panel), out)
      finish(c1, load(panel + panelSize), out + 16)
      finish(c2, load(panel + 2 * panelSize), out + 32)
      finish(c3, load(panel + 3 * panelSize), out + 48)
      finish(c4, load(panel + 4 * panelSize), out + 64)
      finish(c5, load(panel + 5 * panelSize), out + 80)
      finish(c6, load(panel + 6 * panelSize), out + 96)
      finish(c7, load(panel + 7 * panelSize), out + 112)
    #else
      compute1x4(out, panel)
      compute1x4(out + 64, panel + 4 * panelSize)
    #endif
  }

  #if KERNELS_AVX512
    @inline(__always) private func compute4x1(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
      finish(c0, bias, out)
      finish(c1, bias, out + outStride)
      finish(c2, bias, out + 2 * outStride)
      finish(c3, bias, out + 3 * outStride)
    }

    @inline(__always) private func compute8x2(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
      finish(a0, c, out)
      finish(b0, d, out + 16)
      finish(a1, c, out + outStride)
      finish(b1, d, out + outStride + 16)
      finish(a2, c, out + 2 * outStride)
      finish(b2, d, out + 2 * outStride + 16)
      finish(a3, c, out + 3 * outStride)
      finish(b3, d, out + 3 * outStride + 16)
      finish(a4, c, out + 4 * outStride)
      finish(b4, d, out + 4 * outStride + 16)
      finish(a5, c, out + 5 * outStride)
      finish(b5, d, out + 5 * outStride + 16)
      finish(a6, c, out + 6 * outStride)
      finish(b6, d, out + 6 * outStride + 16)
      finish(a7, c, out + 7 * outStride)
      finish(b7, d, out + 7 * outStride + 16)
    }

    @inline(__always) private func compute8x1(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
      finish(a0, c, out)
      finish(a1, c, out + outStride)
      finish(a2, c, out + 2 * outStride)
      finish(a3, c, out + 3 * outStride)
      finish(a4, c, out + 4 * outStride)
      finish(a5, c, out + 5 * outStride)
      finish(a6, c, out + 6 * outStride)
      finish(a7, c, out + 7 * outStride)
    }
  #elseif KERNELS_AVX2
    @inline(__always) private func compute6x1(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
      finish(a0, c, out)
      finish(a1, c, out + outStride)
      finish(a2, c, out + 2 * outStride)
      finish(a3, c, out + 3 * outStride)
      finish(a4, c, out + 4 * outStride)
      finish(a5, c, out + 5 * outStride)
    }
  #else
    @inline(__always) private func compute2x1(_ out: UnsafeMutablePointer<Float>, _ panel: UnsafePointer<Float>) {
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
      finish(a0, load(panel), out)
      finish(a1, load(panel), out + outStride)
    }
  #endif
}
