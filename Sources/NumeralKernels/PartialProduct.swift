// Products whose sums are made in parts, by several calls one after the other. Tiles of four samples by two vectors: as many
// sums in flight as two units of latency 4 want, and few enough for every set of registers.

/// See ``numeral_kernel_table/partial_product``.
func partialProduct(
  _ sums: UnsafeMutablePointer<Float>, _ sumsStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int, _ accumulates: Bool
) {
  let panelSize = (1 + terms) * 16
  var s = 0
  while s < samples {
    let height = samples - s >= 4 ? 4 : 1
    let x = input + s * inputStride
    var j = 0
    while j < columns {
      let target = sums + (s * sumsStride + j)
      // Behind the row of the bias.
      let w = panels + ((j &>> 4) * panelSize + 16)
      if height == 1 {
        addRow(target, x, w, terms, accumulates)
        j += 16
      } else if columns - j >= 32 {
        addTile(target, sumsStride, x, inputStride, w, panelSize, terms, accumulates)
        j += 32
      } else {
        addNarrowTile(target, sumsStride, x, inputStride, w, terms, accumulates)
        j += 16
      }
    }
    s += height
  }
}

/// See ``numeral_kernel_table/finish_product``.
func finishProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ sums: UnsafePointer<Float>, _ sumsStride: Int,
  _ bias: UnsafePointer<Float>, _ samples: Int, _ columns: Int, _ activation: Int32, _ slope: Float
) {
  var s = 0
  while s < samples {
    let (target, row) = (out + s * outStride, sums + s * sumsStride)
    var j = 0
    while j < columns {
      let sum = load(row + j) + load(bias + j)
      store(activation == 1 ? rectified(sum) : sum, target + j)
      j += 16
    }
    s += 1
  }
  if activation != 1 { activate(out, outStride, samples, columns, activation, slope) }
}

/// One sample by a vector.
@inline(__always) private func addRow(
  _ sums: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ terms: Int,
  _ accumulates: Bool
) {
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
@inline(__always) private func addNarrowTile(
  _ sums: UnsafeMutablePointer<Float>, _ stride: Int, _ x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>, _ terms: Int, _ accumulates: Bool
) {
  let zero = Vector(repeating: 0)
  var (a, b, c, d) = (zero, zero, zero, zero)
  if accumulates { (a, b, c, d) = (load(sums), load(sums + stride), load(sums + 2 * stride), load(sums + 3 * stride)) }
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
@inline(__always) private func addTile(
  _ sums: UnsafeMutablePointer<Float>, _ stride: Int, _ x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>, _ panelSize: Int, _ terms: Int, _ accumulates: Bool
) {
  #if KERNELS_AVX512
    let zero = Vector(repeating: 0)
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
    addNarrowTile(sums, stride, x, xStride, w, terms, accumulates)
    addNarrowTile(sums + 16, stride, x, xStride, w + panelSize, terms, accumulates)
  #endif
}
