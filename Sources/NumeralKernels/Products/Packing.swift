internal import CNumeralCPU

// Weights in the order in which products read them: panels of sixteen columns, the bias before the terms.

/// Puts the kernels of this file into the table.
func putPacking(into table: inout numeral_kernel_table) {
  table.products.pack_weights = packWeights
  table.products.pack_bias = packBias
  table.products.pack_transposed = packTransposed
}

/// See ``numeral_product_kernels/pack_weights``.
private func packWeights(
  _ panels: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<numeral_matrix>, _ first: Int, _ last: Int
) {
  let weights = weights.pointee
  let columns = wholeVectors(weights.columns)
  var j = 0
  while j < columns {
    let panel = (j &>> 4) * (1 + weights.rows)
    var target = panels + (panel + 1 + first) * 16
    var source = weights.base + (first * weights.stride + j)
    var k = first
    while k < last {
      store(load(source), target)
      source += weights.stride
      target += 16
      k += 1
    }
    j += 16
  }
}

/// See ``numeral_product_kernels/pack_bias``.
private func packBias(
  _ panels: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>, _ rows: Int, _ columns: Int
) {
  var j = 0
  while j < columns {
    store(load(bias + j), panels + j * (1 + rows))
    j += 16
  }
}

/// See ``numeral_product_kernels/pack_transposed``.
private func packTransposed(
  _ panels: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<numeral_matrix>, _ first: Int, _ last: Int
) {
  let weights = weights.pointee
  let (outputs, stride) = (weights.columns, weights.stride)
  var i = first
  while i < last {
    let panel = (i &>> 4) * (1 + outputs) + 1
    let source = UnsafePointer(weights.base) + i * stride
    var j = 0
    if i & 15 == 0, last - i >= 16 {
      // Whole cache lines, which avoids false sharing with the core that packs the neighbouring rows.
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

/// Writes sixteen columns of sixteen rows as rows; only the first `count` are written.
@inline(__always) private func transpose16(
  _ source: UnsafePointer<Float>, _ stride: Int, _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  var j = 0
  while j < count {
    // Quarter q of these holds four columns of each of the rows 4 q, 4 q + 1, 4 q + 2 and 4 q + 3: four matrices of
    // 4×4.
    let a = quarters(source + j, stride)
    let b = quarters(source + (j + stride), stride)
    let c = quarters(source + (j + 2 * stride), stride)
    let d = quarters(source + (j + 3 * stride), stride)
    let (firstAB, lastAB) = (numeral_mix_first(a, b), numeral_mix_last(a, b))
    let (firstCD, lastCD) = (numeral_mix_first(c, d), numeral_mix_last(c, d))
    let row = target + j * 16
    store(numeral_join_first(firstAB, firstCD), row)
    if j + 1 < count { store(numeral_join_last(firstAB, firstCD), row + 16) }
    if j + 2 < count { store(numeral_join_first(lastAB, lastCD), row + 32) }
    if j + 3 < count { store(numeral_join_last(lastAB, lastCD), row + 48) }
    j += 4
  }
}

/// Four numbers of every fourth row, side by side.
@inline(__always) private func quarters(_ source: UnsafePointer<Float>, _ stride: Int) -> Vector {
  func four(_ row: Int) -> SIMD4<Float> {
    UnsafeRawPointer(source + row * stride).loadUnaligned(as: SIMD4<Float>.self)
  }
  return Vector(
    lowHalf: SIMD8(lowHalf: four(0), highHalf: four(4)), highHalf: SIMD8(lowHalf: four(8), highHalf: four(12)))
}
