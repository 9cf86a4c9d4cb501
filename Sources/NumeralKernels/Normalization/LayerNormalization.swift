// Normalization of each sample by the moments of its own features, rows of `[samples, features]`.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putLayerNormalization(into table: inout numeral_kernel_table) {
  table.normalization.normalize_rows = normalizeRows
  table.normalization.normalize_rows_back = normalizeRowsBack
}

/// The sum, over a row's vectors and their lanes that hold features, of what a body computes.
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

/// See ``numeral_normalization_kernels/normalize_rows``.
private func normalizeRows(
  _ matrix: UnsafePointer<numeral_matrix>, _ inputs: UnsafePointer<numeral_matrix>,
  _ normalization: UnsafePointer<numeral_row_normalization>, _ activation: UnsafePointer<numeral_activation>
) {
  let (out, stride) = (matrix.pointee.base, matrix.pointee.stride)
  let (samples, columns) = (matrix.pointee.rows, matrix.pointee.columns)
  let input = UnsafePointer(inputs.pointee.base)
  let (normalized, scales) = (normalization.pointee.normalized, normalization.pointee.scales)
  let (gamma, beta, epsilon) = (
    normalization.pointee.gamma, normalization.pointee.beta, normalization.pointee.epsilon
  )
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
  activate(out, stride, samples, columns, activation.pointee)
}

/// See ``numeral_normalization_kernels/normalize_rows_back``.
private func normalizeRowsBack(
  _ matrix: UnsafePointer<numeral_matrix>, _ deltas: UnsafePointer<numeral_matrix>,
  _ normalization: UnsafePointer<numeral_row_normalization>
) {
  let (result, stride) = (matrix.pointee.base, matrix.pointee.stride)
  let (samples, columns) = (matrix.pointee.rows, matrix.pointee.columns)
  let delta = UnsafePointer(deltas.pointee.base)
  let (normalized, scales, gamma) = (
    UnsafePointer(normalization.pointee.normalized), normalization.pointee.scales, normalization.pointee.gamma
  )
  let zero = Vector(repeating: 0)
  var s = 0
  while s < samples {
    let d = delta + s * stride
    let n = normalized + s * stride
    var sum = zero
    var product = zero
    var j = 0
    while j < columns {
      // The padding of gamma is zero, so it adds nothing.
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
