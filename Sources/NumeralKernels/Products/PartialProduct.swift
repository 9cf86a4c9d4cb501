// Products whose sums are made by several calls, one after the other. Tiles of four samples by two vectors: two
// execution units of latency 4 need as many sums in parallel, and every instruction set has registers for them.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putPartialProducts(into table: inout numeral_kernel_table) {
  table.products.partial_product = partialProduct
  table.products.finish_product = finishProduct
}

/// See ``numeral_product_kernels/partial_product``.
private func partialProduct(
  _ sums: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>, _ panels: UnsafePointer<Float>,
  _ accumulates: Bool
) {
  let (sums, input) = (sums.pointee, input.pointee)
  let (samples, columns) = (sums.rows, wholeVectors(sums.columns))
  let panelSize = (1 + input.columns) * 16
  var s = 0
  while s < samples {
    let height = samples - s >= 4 ? 4 : 1
    let tile = Tile(
      sumsStride: sums.stride, x: input.base + s * input.stride, xStride: input.stride, terms: input.columns,
      accumulates: accumulates)
    var j = 0
    while j < columns {
      let target = sums.base + (s * sums.stride + j)
      // After the row of the bias.
      let w = panels + ((j &>> 4) * panelSize + 16)
      if height == 1 {
        tile.add1x1(target, w)
        j += 16
      } else if columns - j >= 32 {
        tile.add4x2(target, w, panelSize)
        j += 32
      } else {
        tile.add4x1(target, w)
        j += 16
      }
    }
    s += height
  }
}

/// See ``numeral_product_kernels/finish_product``.
private func finishProduct(
  _ out: UnsafePointer<numeral_matrix>, _ sums: UnsafePointer<numeral_matrix>, _ bias: UnsafePointer<Float>,
  _ activation: UnsafePointer<numeral_activation>
) {
  let (out, sums, activation) = (out.pointee, sums.pointee, activation.pointee)
  let columns = wholeVectors(out.columns)
  let isRectified = activation.function == numeral_activation_relu
  var s = 0
  while s < out.rows {
    let (target, row) = (out.base + s * out.stride, sums.base + s * sums.stride)
    var j = 0
    while j < columns {
      let sum = load(row + j) + load(bias + j)
      store(isRectified ? rectified(sum) : sum, target + j)
      j += 16
    }
    s += 1
  }
  if !isRectified { activate(out.base, out.stride, out.rows, columns, activation) }
}

/// Some samples of a product. Its functions add terms to sums; the weights of the terms start at `w`.
private struct Tile {
  let sumsStride: Int
  let x: UnsafePointer<Float>
  let xStride: Int
  let terms: Int
  let accumulates: Bool

  /// One sample by a vector.
  @inline(__always) func add1x1(_ sums: UnsafeMutablePointer<Float>, _ w: UnsafePointer<Float>) {
    let zero = Vector(repeating: 0)
    var a = zero
    if accumulates { a = load(sums) }
    var k = 0
    while k < terms {
      a = multiplyAdd(a, x[k], load(w + k * 16))
      k += 1
    }
    store(a + zero, sums)
  }

  /// Four samples by a vector.
  @inline(__always) func add4x1(_ sums: UnsafeMutablePointer<Float>, _ w: UnsafePointer<Float>) {
    let stride = sumsStride
    let zero = Vector(repeating: 0)
    var (a, b, c, d) = (zero, zero, zero, zero)
    if accumulates {
      (a, b, c, d) = (load(sums), load(sums + stride), load(sums + 2 * stride), load(sums + 3 * stride))
    }
    var k = 0
    while k < terms {
      let u = load(w + k * 16)
      a = multiplyAdd(a, x[k], u)
      b = multiplyAdd(b, x[xStride + k], u)
      c = multiplyAdd(c, x[2 * xStride + k], u)
      d = multiplyAdd(d, x[3 * xStride + k], u)
      k += 1
    }
    store(a + zero, sums)
    store(b + zero, sums + stride)
    store(c + zero, sums + 2 * stride)
    store(d + zero, sums + 3 * stride)
  }

  /// Four samples by two vectors.
  @inline(__always) func add4x2(_ sums: UnsafeMutablePointer<Float>, _ w: UnsafePointer<Float>, _ panelSize: Int) {
    #if KERNELS_AVX512
      let zero = Vector(repeating: 0)
      let stride = sumsStride
      let other = sums + 16
      var (a0, b0, c0, d0) = (zero, zero, zero, zero)
      var (a1, b1, c1, d1) = (zero, zero, zero, zero)
      if accumulates {
        (a0, b0, c0, d0) = (load(sums), load(sums + stride), load(sums + 2 * stride), load(sums + 3 * stride))
        (a1, b1, c1, d1) = (load(other), load(other + stride), load(other + 2 * stride), load(other + 3 * stride))
      }
      var k = 0
      while k < terms {
        let (u, v) = (load(w + k * 16), load(w + (panelSize + k * 16)))
        let xa = Vector(repeating: x[k])
        a0 = multiplyAdd(a0, xa, u)
        a1 = multiplyAdd(a1, xa, v)
        let xb = Vector(repeating: x[xStride + k])
        b0 = multiplyAdd(b0, xb, u)
        b1 = multiplyAdd(b1, xb, v)
        let xc = Vector(repeating: x[2 * xStride + k])
        c0 = multiplyAdd(c0, xc, u)
        c1 = multiplyAdd(c1, xc, v)
        let xd = Vector(repeating: x[3 * xStride + k])
        d0 = multiplyAdd(d0, xd, u)
        d1 = multiplyAdd(d1, xd, v)
        k += 1
      }
      store(a0 + zero, sums)
      store(b0 + zero, sums + stride)
      store(c0 + zero, sums + 2 * stride)
      store(d0 + zero, sums + 3 * stride)
      store(a1 + zero, other)
      store(b1 + zero, other + stride)
      store(c1 + zero, other + 2 * stride)
      store(d1 + zero, other + 3 * stride)
    #else
      add4x1(sums, w)
      add4x1(sums + 16, w + panelSize)
    #endif
  }
}
