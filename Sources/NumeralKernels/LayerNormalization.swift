// Normalisation of each sample by the moments of its own features, rows of `[samples, features]`.

/// The sum of what a body makes of a row's vectors and of the lanes that hold features.
@inline(__always) private func rowSum(_ row: UnsafePointer<Float>, _ columns: Int, _ body: (Vector, Mask) -> Vector)
  -> Float
{
  var sum = Vector(repeating: 0)
  var j = 0
  while j < columns {
    sum += body(load(row + j), features(j, columns))
    j += 16
  }
  return sumOfLanes(sum)
}

/// The lanes of the vector at j that hold features.
@inline(__always) private func features(_ j: Int, _ columns: Int) -> Mask {
  (IntegerVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ Int32(truncatingIfNeeded: j))
    .< IntegerVector(repeating: Int32(truncatingIfNeeded: columns))
}

/// See ``numeral_kernel_table/normalize_rows``.
func normalizeRows(
  _ out: UnsafeMutablePointer<Float>, _ normalized: UnsafeMutablePointer<Float>, _ scales: UnsafeMutablePointer<Float>,
  _ input: UnsafePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int, _ gamma: UnsafePointer<Float>,
  _ beta: UnsafePointer<Float>, _ epsilon: Float, _ activation: Int32, _ slope: Float
) {
  let zero = Vector(repeating: 0)
  var s = 0
  while s < samples {
    let row = input + s * stride
    let mean = rowSum(row, columns) { x, isFeature in zero.replacing(with: x, where: isFeature) } / Float(columns)
    let variance =
      rowSum(row, columns) { x, isFeature in
        let d = x - mean
        return zero.replacing(with: d * d, where: isFeature)
      } / Float(columns)
    let scale = 1 / (variance + epsilon).squareRoot()
    scales[s] = scale
    var j = 0
    while j < columns {
      let n = (load(row + j) - mean) * scale
      store(n, normalized + (s * stride + j))
      store(multiplyAdd(load(beta + j), load(gamma + j), n), out + (s * stride + j))
      j += 16
    }
    s += 1
  }
  activate(out, stride, samples, columns, activation, slope)
}

/// See ``numeral_kernel_table/normalize_rows_back``.
func normalizeRowsBack(
  _ result: UnsafeMutablePointer<Float>, _ delta: UnsafePointer<Float>, _ normalized: UnsafePointer<Float>,
  _ scales: UnsafePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int, _ gamma: UnsafePointer<Float>
) {
  let zero = Vector(repeating: 0)
  var s = 0
  while s < samples {
    let d = delta + s * stride
    let n = normalized + s * stride
    var sum = zero
    var product = zero
    var j = 0
    while j < columns {
      // Padding of gamma is zero, so it adds nothing.
      let g = load(d + j) * load(gamma + j)
      sum += g
      product = multiplyAdd(product, g, load(n + j))
      j += 16
    }
    let mean = sumOfLanes(sum) / Float(columns)
    let slope = sumOfLanes(product) / Float(columns)
    j = 0
    while j < columns {
      let g = load(d + j) * load(gamma + j)
      let value = (g - mean - load(n + j) * slope) * scales[s]
      store(zero.replacing(with: value, where: features(j, columns)), result + (s * stride + j))
      j += 16
    }
    s += 1
  }
}
