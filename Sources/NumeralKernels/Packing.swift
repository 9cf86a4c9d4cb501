// Weights in the order in which products read them: panels of sixteen columns, the bias in front of the terms.

/// See ``numeral_kernel_table/pack_weights``.
func packWeights(
  _ panels: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<Float>, _ stride: Int, _ rows: Int, _ first: Int,
  _ last: Int, _ columns: Int
) {
  var j = 0
  while j < columns {
    let panel = (j &>> 4) * (1 + rows)
    var target = panels + (panel + 1 + first) * 16
    var source = weights + (first * stride + j)
    var k = first
    while k < last {
      store(load(source), target)
      source += stride
      target += 16
      k += 1
    }
    j += 16
  }
}

/// See ``numeral_kernel_table/pack_bias``.
func packBias(_ panels: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>, _ rows: Int, _ columns: Int) {
  var j = 0
  while j < columns {
    store(load(bias + j), panels + j * (1 + rows))
    j += 16
  }
}

/// See ``numeral_kernel_table/pack_transposed``.
func packTransposed(
  _ panels: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<Float>, _ stride: Int, _ first: Int, _ last: Int,
  _ outputs: Int
) {
  var i = first
  while i < last {
    let panel = (i &>> 4) * (1 + outputs) + 1
    let source = weights + i * stride
    var j = 0
    if i & 15 == 0, last - i >= 16 {
      // Whole cache lines: other cores read them in the next stage, and taking one from them is what takes time.
      while j < outputs {
        transpose16(
          source + j, stride, panels + (panel + j) * 16, outputs - j < 16 ? outputs - j : 16)
        j += 16
      }
      i += 16
    } else {
      var target = panels + (panel * 16 + (i & 15))
      while j < outputs {
        target.pointee = source[j]
        target += 16
        j += 1
      }
      i += 1
    }
  }
}

/// Writes sixteen columns of sixteen rows as rows, the first `count` of them.
@inline(__always) private func transpose16(
  _ source: UnsafePointer<Float>, _ stride: Int, _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  func row(_ i: Int) -> Vector { load(source + i * stride) }
  // Number 16 r + c shall come to 16 c + r: the four bits of c move to the front one by one.
  let (a0, a8) = parted(row(0), row(1))
  let (a1, a9) = parted(row(2), row(3))
  let (a2, a10) = parted(row(4), row(5))
  let (a3, a11) = parted(row(6), row(7))
  let (a4, a12) = parted(row(8), row(9))
  let (a5, a13) = parted(row(10), row(11))
  let (a6, a14) = parted(row(12), row(13))
  let (a7, a15) = parted(row(14), row(15))
  let (b0, b8) = parted(a0, a1)
  let (b1, b9) = parted(a2, a3)
  let (b2, b10) = parted(a4, a5)
  let (b3, b11) = parted(a6, a7)
  let (b4, b12) = parted(a8, a9)
  let (b5, b13) = parted(a10, a11)
  let (b6, b14) = parted(a12, a13)
  let (b7, b15) = parted(a14, a15)
  let (c0, c8) = parted(b0, b1)
  let (c1, c9) = parted(b2, b3)
  let (c2, c10) = parted(b4, b5)
  let (c3, c11) = parted(b6, b7)
  let (c4, c12) = parted(b8, b9)
  let (c5, c13) = parted(b10, b11)
  let (c6, c14) = parted(b12, b13)
  let (c7, c15) = parted(b14, b15)
  let (d0, d8) = parted(c0, c1)
  let (d1, d9) = parted(c2, c3)
  let (d2, d10) = parted(c4, c5)
  let (d3, d11) = parted(c6, c7)
  let (d4, d12) = parted(c8, c9)
  let (d5, d13) = parted(c10, c11)
  let (d6, d14) = parted(c12, c13)
  let (d7, d15) = parted(c14, c15)
  func write(_ v: Vector, _ j: Int) {
    if j < count { store(v, target + j * 16) }
  }
  write(d0, 0)
  write(d1, 1)
  write(d2, 2)
  write(d3, 3)
  write(d4, 4)
  write(d5, 5)
  write(d6, 6)
  write(d7, 7)
  write(d8, 8)
  write(d9, 9)
  write(d10, 10)
  write(d11, 11)
  write(d12, 12)
  write(d13, 13)
  write(d14, 14)
  write(d15, 15)
}

/// The numbers at even and at odd places of two vectors that follow each other.
@inline(__always) private func parted(_ a: Vector, _ b: Vector) -> (Vector, Vector) {
  (Vector(lowHalf: a.evenHalf, highHalf: b.evenHalf), Vector(lowHalf: a.oddHalf, highHalf: b.oddHalf))
}
