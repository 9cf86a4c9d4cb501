internal import CNumeralCPU

// The kernels of clipping, regularization, averages and norms; see `NumeralUpdates.h`.

extension KernelSet {
  /// values ← clip(values · scale, ±limit) + share · others + signShare · sign(others).
  func adjust(
    _ values: FloatMatrix, by others: FloatMatrix, scale: Float = 1, limit: Float = .infinity, share: Float = 0,
    signShare: Float = 0
  ) {
    precondition(values.hasLayout(of: others), "shapes do not fit")
    var by = numeral_adjustment(scale: scale, limit: limit, share: share, sign_share: signShare)
    unsafe table.updates.adjust(values.base, others.base, values.extent, &by)
  }

  /// averages ← averages + share · (values − averages).
  func average(_ averages: FloatMatrix, towards values: FloatMatrix, share: Float) {
    precondition(averages.hasLayout(of: values), "shapes do not fit")
    unsafe table.updates.average(averages.base, values.base, values.extent, share)
  }

  /// Some rows of `out` from those of a matrix with its shape, or from the columns of one with the transposed shape.
  func copy(
    _ matrix: FloatMatrix, rows: Range<Int>, into out: FloatMatrix, scale: Float = 1, transposes: Bool
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= out.rows, "rows out of range")
    precondition(
      transposes
        ? matrix.rows == out.columns && matrix.columns == out.rows
        : matrix.rows == out.rows && matrix.columns == out.columns, "shapes do not fit")
    var input = unsafe transposes ? matrix.columns(rows).view : matrix.rows(rows).view
    var out = unsafe out.rows(rows).view
    unsafe table.updates.scaled_copy(&out, &input, scale, transposes)
  }

  /// The sum of the squares of some elements of a buffer; their number is a multiple of four.
  func sumOfSquares(of buffer: Buffer<Float>, _ range: Range<Int>) -> Double {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count && range.count % 4 == 0, "out of range")
    return unsafe table.updates.sum_of_squares(buffer.base + range.lowerBound, range.count)
  }

  /// The sums of the squares of some columns of a matrix; the first column's goes to index `first` of `sums`.
  func columnSquares(of matrix: FloatMatrix, columns: Range<Int>, into sums: Buffer<Double>, from first: Int) {
    precondition(columns.lowerBound >= 0 && columns.upperBound <= matrix.columns, "columns out of range")
    precondition(first >= 0 && first + columns.upperBound <= sums.count, "no room for the sums")
    var matrix = unsafe matrix.columns(columns).view
    unsafe table.updates.column_squares(sums.base + first + columns.lowerBound, &matrix)
  }

  /// Multiplies each column by its factor, the first column by the factor at index `first`.
  func scaleColumns(of matrix: FloatMatrix, by factors: Buffer<Float>, from first: Int) {
    let columns = FloatMatrix.padded(matrix.columns)
    precondition(first >= 0 && first + columns <= factors.count && matrix.stride >= columns, "shapes do not fit")
    var matrix = unsafe matrix.view
    unsafe table.updates.scale_columns(&matrix, factors.base + first)
  }
}
