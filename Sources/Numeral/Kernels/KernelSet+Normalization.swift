internal import CNumeralCPU

// The kernels of normalisation, of planes and of rows; see `NumeralKernelTable.h`.

extension KernelSet {
  /// Mean and sum of squared deviations of each channel over the first `count` samples.
  func moments(of planes: Planes, count: Int, means: FloatMatrix, squares: FloatMatrix) {
    precondition(means.columns == planes.channels && squares.columns == planes.channels, "shapes do not fit")
    precondition(count >= 1 && count <= Planes.lanes, "samples out of range")
    unsafe withUnsafePointer(to: planes.view) {
      unsafe table.plane_moments(means.base, squares.base, $0, count)
    }
  }

  /// Mean and sum of squared deviations of each column.
  func moments(of rows: FloatMatrix, means: FloatMatrix, squares: FloatMatrix) {
    precondition(
      means.columns == rows.columns && squares.columns == rows.columns && rows.rows >= 1, "shapes do not fit")
    unsafe table.column_moments(
      means.base, squares.base, rows.base, rows.stride, rows.rows, FloatMatrix.padded(rows.columns))
  }

  /// out[c] = f(a[c] · in[c] + b[c]).
  func line(_ input: Planes, a: FloatMatrix, b: FloatMatrix, activation: Activation, into out: Planes) {
    precondition(
      input.hasExtents(of: out) && a.columns == out.channels && b.columns == out.channels, "shapes do not fit")
    unsafe withUnsafePointer(to: out.view) { out in
      unsafe withUnsafePointer(to: input.view) {
        unsafe table.plane_line(out, $0, a.base, b.base, activation.code, activation.slope)
      }
    }
  }

  /// The same for columns.
  func line(_ input: FloatMatrix, a: FloatMatrix, b: FloatMatrix, activation: Activation, into out: FloatMatrix) {
    precondition(input.rows == out.rows && input.columns == out.columns, "shapes do not fit")
    precondition(a.columns == out.columns && b.columns == out.columns, "shapes do not fit")
    unsafe table.column_line(
      out.base, out.stride, input.base, input.stride, out.rows, FloatMatrix.padded(out.columns), a.base, b.base,
      activation.code, activation.slope)
  }

  /// Σ delta and Σ delta · (in − mean) of each channel.
  func deltaSums(_ delta: Planes, input: Planes, means: FloatMatrix, sums: FloatMatrix, products: FloatMatrix) {
    precondition(input.hasExtents(of: delta) && means.columns == delta.channels, "shapes do not fit")
    precondition(sums.columns == delta.channels && products.columns == delta.channels, "shapes do not fit")
    unsafe withUnsafePointer(to: delta.view) { delta in
      unsafe withUnsafePointer(to: input.view) {
        unsafe table.plane_delta_sums(sums.base, products.base, delta, $0, means.base)
      }
    }
  }

  /// The same of each column.
  func deltaSums(
    _ delta: FloatMatrix, input: FloatMatrix, means: FloatMatrix, sums: FloatMatrix, products: FloatMatrix
  ) {
    precondition(input.rows == delta.rows && input.columns == delta.columns, "shapes do not fit")
    precondition(
      means.columns == delta.columns && sums.columns == delta.columns && products.columns == delta.columns,
      "shapes do not fit")
    unsafe table.column_delta_sums(
      sums.base, products.base, delta.base, delta.stride, input.base, input.stride, means.base, delta.rows,
      FloatMatrix.padded(delta.columns))
  }

  /// result[c] = a[c] · delta[c] + b[c] · in[c] + constant[c] of the first `count` samples.
  func lineBack(
    _ delta: Planes, input: Planes, count: Int, a: FloatMatrix, b: FloatMatrix, constant: FloatMatrix,
    into result: Planes
  ) {
    precondition(count >= 1 && count <= Planes.lanes, "samples out of range")
    precondition(input.hasExtents(of: delta) && result.hasExtents(of: delta), "shapes do not fit")
    precondition(
      a.columns == delta.channels && b.columns == delta.channels && constant.columns == delta.channels,
      "shapes do not fit")
    unsafe withUnsafePointer(to: result.view) { result in
      unsafe withUnsafePointer(to: delta.view) { delta in
        unsafe withUnsafePointer(to: input.view) {
          unsafe table.plane_line_back(result, delta, $0, count, a.base, b.base, constant.base)
        }
      }
    }
  }

  /// The same for columns.
  func lineBack(
    _ delta: FloatMatrix, input: FloatMatrix, a: FloatMatrix, b: FloatMatrix, constant: FloatMatrix,
    into result: FloatMatrix
  ) {
    precondition(input.rows == delta.rows && result.rows == delta.rows, "shapes do not fit")
    precondition(input.columns == delta.columns && result.columns == delta.columns, "shapes do not fit")
    precondition(
      a.columns == delta.columns && b.columns == delta.columns && constant.columns == delta.columns,
      "shapes do not fit")
    unsafe table.column_line_back(
      result.base, result.stride, delta.base, delta.stride, input.base, input.stride, delta.rows,
      FloatMatrix.padded(delta.columns), a.base, b.base, constant.base)
  }

  /// Each row normalised by its own moments, then scaled, shifted and activated.
  func normalize(
    _ input: FloatMatrix, gamma: FloatMatrix, beta: FloatMatrix, epsilon: Float, activation: Activation,
    normalized: FloatMatrix, scales: Buffer<Float>, from first: Int, into out: FloatMatrix
  ) {
    precondition(
      out.hasShape(of: input) && normalized.hasShape(of: input),
      "shapes do not fit")
    precondition(gamma.columns == input.columns && beta.columns == input.columns, "shapes do not fit")
    precondition(first >= 0 && first + input.rows <= scales.count, "samples out of range")
    unsafe table.normalize_rows(
      out.base, normalized.base, scales.base + first, input.base, input.stride, input.rows, input.columns, gamma.base,
      beta.base, epsilon, activation.code, activation.slope)
  }

  /// What flows back through `normalize`.
  func normalizeBack(
    _ delta: FloatMatrix, gamma: FloatMatrix, normalized: FloatMatrix, scales: Buffer<Float>, from first: Int,
    into result: FloatMatrix
  ) {
    precondition(
      result.hasShape(of: delta) && normalized.hasShape(of: delta),
      "shapes do not fit")
    precondition(
      gamma.columns == delta.columns && first >= 0 && first + delta.rows <= scales.count, "shapes do not fit")
    unsafe table.normalize_rows_back(
      result.base, delta.base, normalized.base, scales.base + first, delta.stride, delta.rows, delta.columns, gamma.base
    )
  }
}

extension FloatMatrix {
  fileprivate func hasShape(of other: FloatMatrix) -> Bool {
    rows == other.rows && columns == other.columns && stride == other.stride
  }
}
