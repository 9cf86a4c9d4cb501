internal import CNumeralCPU

// The kernels of normalization, of planes and of rows; see `NumeralNormalization.h`.

/// The factors of y = a · delta + b · input + constant, one of each for every channel or column.
struct NormalizationLine {
  let a: FloatMatrix
  let b: FloatMatrix
  let constant: FloatMatrix

  /// True if there is a line for each of this many channels.
  fileprivate func fits(_ channels: Int) -> Bool {
    a.columns == channels && b.columns == channels && constant.columns == channels
  }

  fileprivate var view: numeral_line { unsafe numeral_line(a: a.base, b: b.base, constant: constant.base) }
}

/// The operands that layer normalization needs forward and back: its parameters, and what is kept of each sample.
struct RowNormalization {
  let gamma: FloatMatrix
  let beta: FloatMatrix
  let epsilon: Float
  /// `[samples, features]`: the normalized inputs.
  let normalized: FloatMatrix
  /// `[samples]`: one over the standard deviation.
  let scales: Buffer<Float>

  /// The operands of some samples as kernels take them; the samples are rows of a layout.
  fileprivate func view(of samples: Range<Int>, like rows: FloatMatrix) -> numeral_row_normalization {
    let normalized = normalized.rows(samples)
    precondition(normalized.hasShape(of: rows), "shapes do not fit")
    precondition(gamma.columns == rows.columns && beta.columns == rows.columns, "shapes do not fit")
    precondition(samples.upperBound <= scales.count, "samples out of range")
    return unsafe numeral_row_normalization(
      normalized: normalized.base, scales: scales.base + samples.lowerBound, gamma: gamma.base, beta: beta.base,
      epsilon: epsilon)
  }
}

extension KernelSet {
  /// Mean and sum of squared deviations of each channel over the first `count` samples.
  func moments(of planes: Planes, count: Int, means: FloatMatrix, squares: FloatMatrix) {
    precondition(means.columns == planes.channels && squares.columns == planes.channels, "shapes do not fit")
    precondition(count >= 1 && count <= Planes.lanes, "samples out of range")
    unsafe withUnsafePointer(to: planes.view) {
      unsafe table.normalization.plane_moments(means.base, squares.base, $0, count)
    }
  }

  /// Mean and sum of squared deviations of each column.
  func moments(of rows: FloatMatrix, means: FloatMatrix, squares: FloatMatrix) {
    precondition(
      means.columns == rows.columns && squares.columns == rows.columns && rows.rows >= 1, "shapes do not fit")
    var rows = unsafe rows.view
    unsafe table.normalization.column_moments(means.base, squares.base, &rows)
  }

  /// out[c] = f(a[c] · in[c] + b[c]).
  func line(_ input: Planes, a: FloatMatrix, b: FloatMatrix, activation: Activation, into out: Planes) {
    precondition(
      input.hasExtents(of: out) && a.columns == out.channels && b.columns == out.channels, "shapes do not fit")
    var (out, input, activation) = unsafe (out.view, input.view, activation.view)
    unsafe table.normalization.plane_line(&out, &input, a.base, b.base, &activation)
  }

  /// The same for columns.
  func line(_ input: FloatMatrix, a: FloatMatrix, b: FloatMatrix, activation: Activation, into out: FloatMatrix) {
    precondition(input.rows == out.rows && input.columns == out.columns, "shapes do not fit")
    precondition(a.columns == out.columns && b.columns == out.columns, "shapes do not fit")
    var (out, input, activation) = unsafe (out.view, input.view, activation.view)
    unsafe table.normalization.column_line(&out, &input, a.base, b.base, &activation)
  }

  /// Σ delta and Σ delta · (in − mean) of each channel.
  func deltaSums(_ delta: Planes, input: Planes, means: FloatMatrix, sums: FloatMatrix, products: FloatMatrix) {
    precondition(input.hasExtents(of: delta) && means.columns == delta.channels, "shapes do not fit")
    precondition(sums.columns == delta.channels && products.columns == delta.channels, "shapes do not fit")
    var (delta, input) = unsafe (delta.view, input.view)
    unsafe table.normalization.plane_delta_sums(sums.base, products.base, &delta, &input, means.base)
  }

  /// The same of each column.
  func deltaSums(
    _ delta: FloatMatrix, input: FloatMatrix, means: FloatMatrix, sums: FloatMatrix, products: FloatMatrix
  ) {
    precondition(input.rows == delta.rows && input.columns == delta.columns, "shapes do not fit")
    precondition(
      means.columns == delta.columns && sums.columns == delta.columns && products.columns == delta.columns,
      "shapes do not fit")
    var (delta, input) = unsafe (delta.view, input.view)
    unsafe table.normalization.column_delta_sums(sums.base, products.base, &delta, &input, means.base)
  }

  /// result[c] = a[c] · delta[c] + b[c] · in[c] + constant[c] of the first `count` samples.
  func lineBack(_ delta: Planes, input: Planes, count: Int, by line: NormalizationLine, into result: Planes) {
    precondition(count >= 1 && count <= Planes.lanes, "samples out of range")
    precondition(input.hasExtents(of: delta) && result.hasExtents(of: delta), "shapes do not fit")
    precondition(line.fits(delta.channels), "shapes do not fit")
    var (result, delta, input, line) = unsafe (result.view, delta.view, input.view, line.view)
    unsafe table.normalization.plane_line_back(&result, &delta, &input, count, &line)
  }

  /// The same for columns.
  func lineBack(
    _ delta: FloatMatrix, input: FloatMatrix, by line: NormalizationLine, into result: FloatMatrix
  ) {
    precondition(input.rows == delta.rows && result.rows == delta.rows, "shapes do not fit")
    precondition(input.columns == delta.columns && result.columns == delta.columns, "shapes do not fit")
    precondition(line.fits(delta.columns), "shapes do not fit")
    var (result, delta, input, line) = unsafe (result.view, delta.view, input.view, line.view)
    unsafe table.normalization.column_line_back(&result, &delta, &input, &line)
  }

  /// Normalizes some samples, each by its own moments, then scales, shifts and activates them.
  func normalize(
    _ input: FloatMatrix, by normalization: RowNormalization, samples: Range<Int>, activation: Activation,
    into out: FloatMatrix
  ) {
    precondition(out.hasShape(of: input), "shapes do not fit")
    var kept = unsafe normalization.view(of: samples, like: input)
    var (out, input, activation) = unsafe (out.view, input.view, activation.view)
    unsafe table.normalization.normalize_rows(&out, &input, &kept, &activation)
  }

  /// The gradient of `normalize`.
  func normalizeBack(
    _ delta: FloatMatrix, by normalization: RowNormalization, samples: Range<Int>, into result: FloatMatrix
  ) {
    precondition(result.hasShape(of: delta), "shapes do not fit")
    var kept = unsafe normalization.view(of: samples, like: delta)
    var (result, delta) = unsafe (result.view, delta.view)
    unsafe table.normalization.normalize_rows_back(&result, &delta, &kept)
  }
}
