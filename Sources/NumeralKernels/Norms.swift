// Norms of gradients and weights, summed in Double and in one order. The squares are exact there: a float has 24 digits,
// a Double 53.

/// See ``numeral_kernel_table/sum_of_squares``.
func sumOfSquares(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
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

/// See ``numeral_kernel_table/column_squares``.
func columnSquares(
  _ sums: UnsafeMutablePointer<Double>, _ values: UnsafePointer<Float>, _ stride: Int, _ rows: Int, _ columns: Int
) {
  var j = 0
  while j < columns {
    sums[j] = 0
    j += 1
  }
  var i = 0
  while i < rows {
    let row = values + i * stride
    j = 0
    while j < columns {
      let value = Double(row[j])
      sums[j] += value * value
      j += 1
    }
    i += 1
  }
}

/// See ``numeral_kernel_table/scale_columns``.
func scaleColumns(
  _ values: UnsafeMutablePointer<Float>, _ stride: Int, _ rows: Int, _ columns: Int, _ factors: UnsafePointer<Float>
) {
  var i = 0
  while i < rows {
    let row = values + i * stride
    var j = 0
    while j < columns {
      store(load(row + j) * load(factors + j), row + j)
      j += 16
    }
    i += 1
  }
}
