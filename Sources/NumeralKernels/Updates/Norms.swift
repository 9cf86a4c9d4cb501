// Norms of gradients and weights, summed in Double in one order. The squares are exact: a float has 24 bits, a Double
// 53.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putNorms(into table: inout numeral_kernel_table) {
  table.updates.sum_of_squares = sumOfSquares
  table.updates.column_squares = columnSquares
  table.updates.scale_columns = scaleColumns
}

/// See ``numeral_update_kernels/sum_of_squares``.
private func sumOfSquares(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
  // Four sums hide the latency of an addition.
  var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
  var i = 0
  while i < count {
    let (w, x, y, z) = (
      Double(values[i]), Double(values[i + 1]), Double(values[i + 2]), Double(values[i + 3])
    )
    a += w * w
    b += x * x
    c += y * y
    d += z * z
    i += 4
  }
  return (a + c) + (b + d)
}

/// See ``numeral_update_kernels/column_squares``.
private func columnSquares(_ sums: UnsafeMutablePointer<Double>, _ values: UnsafePointer<numeral_matrix>) {
  let values = values.pointee
  let columns = values.columns
  var j = 0
  while j < columns {
    sums[j] = 0
    j += 1
  }
  var i = 0
  while i < values.rows {
    let row = values.base + i * values.stride
    j = 0
    while j < columns {
      let value = Double(row[j])
      sums[j] += value * value
      j += 1
    }
    i += 1
  }
}

/// See ``numeral_update_kernels/scale_columns``.
private func scaleColumns(_ values: UnsafePointer<numeral_matrix>, _ factors: UnsafePointer<Float>) {
  let values = values.pointee
  let columns = wholeVectors(values.columns)
  var i = 0
  while i < values.rows {
    let row = values.base + i * values.stride
    var j = 0
    while j < columns {
      store(load(row + j) * load(factors + j), row + j)
      j += 16
    }
    i += 1
  }
}
