internal import CNumeralCPU

// The kernels as the engine calls them. Shapes are checked here; kernels get plain pointers. The header of each topic
// says what a call computes and what it requires; here it is `NumeralProducts.h`.

extension KernelSet {
  func packWeights(_ weights: FloatMatrix, rows: Range<Int>, into panels: FloatMatrix) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(panels.rows * 16 == (weights.rows + 1) * FloatMatrix.padded(weights.columns), "panels do not fit")
    var weights = unsafe weights.view
    unsafe table.products.pack_weights(panels.base, &weights, rows.lowerBound, rows.upperBound)
  }

  func packBias(_ bias: FloatMatrix, of weights: FloatMatrix, into panels: FloatMatrix) {
    precondition(bias.columns == weights.columns, "bias does not fit")
    unsafe table.products.pack_bias(panels.base, bias.base, weights.rows, weights.columns)
  }

  func packTransposed(_ weights: FloatMatrix, rows: Range<Int>, into panels: FloatMatrix) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(panels.rows * 16 == (weights.columns + 1) * FloatMatrix.padded(weights.rows), "panels do not fit")
    var weights = unsafe weights.view
    unsafe table.products.pack_transposed(panels.base, &weights, rows.lowerBound, rows.upperBound)
  }

  func product(
    _ input: FloatMatrix, _ panels: FloatMatrix, into out: FloatMatrix, activation: Activation
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(input.rows == out.rows && out.stride >= columns, "shapes do not fit")
    precondition(panels.rows * 16 == (input.columns + 1) * columns, "panels do not fit")
    var (out, input, activation) = unsafe (out.view, input.view, activation.view)
    unsafe table.products.product(&out, &input, panels.base, &activation)
  }

  /// A part of the sums of a product.
  func partialProduct(_ input: FloatMatrix, _ panels: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    let columns = FloatMatrix.padded(sums.columns)
    precondition(input.rows == sums.rows && sums.stride >= columns, "shapes do not fit")
    precondition(panels.rows * 16 == (input.columns + 1) * columns, "panels do not fit")
    var (sums, input) = unsafe (sums.view, input.view)
    unsafe table.products.partial_product(&sums, &input, panels.base, accumulates)
  }

  /// The same, but inputs that are zero are left out.
  func nonzeroPartialProduct(_ input: FloatMatrix, weights: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    let columns = FloatMatrix.padded(sums.columns)
    precondition(input.rows == sums.rows && input.columns == weights.rows, "shapes do not fit")
    precondition(input.stride >= FloatMatrix.padded(input.columns), "no room for whole vectors")
    precondition(columns % 64 == 0 && sums.stride >= columns && weights.stride >= columns, "columns do not fit")
    var (sums, input, weights) = unsafe (sums.view, input.view, weights.view)
    unsafe table.products.nonzero_partial_product(&sums, &input, &weights, accumulates)
  }

  /// The end of a product whose sums are complete; the outputs may overwrite the sums.
  func finishProduct(_ sums: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix, activation: Activation) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(sums.rows == out.rows && sums.stride >= columns, "shapes do not fit")
    precondition(out.stride >= columns && bias.stride >= columns, "shapes do not fit")
    var (out, sums, activation) = unsafe (out.view, sums.view, activation.view)
    unsafe table.products.finish_product(&out, &sums, bias.base, &activation)
  }

  func product(
    _ delta: FloatMatrix, _ panels: FloatMatrix, through activation: Activation, of outputs: FloatMatrix,
    into out: FloatMatrix
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(delta.rows == out.rows && outputs.rows == out.rows, "shapes do not fit")
    precondition(outputs.stride == out.stride && out.stride >= columns, "strides do not fit")
    precondition(panels.rows * 16 == (delta.columns + 1) * columns, "panels do not fit")
    var (out, outputs, delta, activation) = unsafe (out.view, outputs.view, delta.view, activation.view)
    unsafe table.products.product_through_activation(&out, &outputs, &delta, panels.base, &activation)
  }

  /// The same below ReLU, but deltas that are zero are left out.
  func nonzeroProduct(
    _ delta: FloatMatrix, _ panels: FloatMatrix, throughReLUOf outputs: FloatMatrix, into out: FloatMatrix
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(delta.rows == out.rows && outputs.rows == out.rows, "shapes do not fit")
    precondition(delta.stride >= FloatMatrix.padded(delta.columns), "no room for whole vectors")
    precondition(outputs.stride == out.stride && out.stride >= columns && columns % 64 == 0, "columns do not fit")
    precondition(panels.rows * 16 == (delta.columns + 1) * columns, "panels do not fit")
    var (out, outputs, delta) = unsafe (out.view, outputs.view, delta.view)
    unsafe table.products.nonzero_product_through_relu(&out, &outputs, &delta, panels.base)
  }

  func gradient(
    of rows: Range<Int>, input: FloatMatrix, delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= input.columns, "rows out of range")
    precondition(input.rows == delta.rows && gradient.rows == rows.count, "shapes do not fit")
    precondition(gradient.columns == delta.columns, "columns do not fit")
    var (gradient, input, delta) = unsafe (gradient.view, input.columns(rows).view, delta.view)
    unsafe table.products.gradient(&gradient, &input, &delta, accumulates)
  }

  /// A gradient that leaves out inputs that are zero.
  func nonzeroGradient(
    of rows: Range<Int>, input: FloatMatrix, delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= input.columns, "rows out of range")
    precondition(rows.lowerBound % 16 == 0 && input.stride >= FloatMatrix.padded(input.columns), "part of a vector")
    precondition(input.rows == delta.rows && gradient.rows == rows.count, "shapes do not fit")
    precondition(gradient.columns == delta.columns && FloatMatrix.padded(delta.columns) % 64 == 0, "columns do not fit")
    var (gradient, input, delta) = unsafe (gradient.view, input.columns(rows).view, delta.view)
    unsafe table.products.nonzero_gradient(&gradient, &input, &delta, accumulates)
  }

  func biasGradient(delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool) {
    precondition(gradient.columns == delta.columns && gradient.rows == 1, "shapes do not fit")
    var delta = unsafe delta.view
    unsafe table.products.bias_gradient(gradient.base, &delta, accumulates)
  }

  /// Σₛ a · b of each column.
  func productSums(_ a: FloatMatrix, _ b: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    precondition(a.rows == b.rows && a.columns == b.columns && sums.columns == a.columns, "shapes do not fit")
    var (a, b) = unsafe (a.view, b.view)
    unsafe table.products.product_sums(sums.base, &a, &b, accumulates)
  }
}
