internal import CNumeralCPU

// The optimizers' kernels: parameters, state and gradient are matrices of one shape, padding included.

extension KernelSet {
  func descend(_ parameters: FloatMatrix, along gradient: FloatMatrix, learningRate: Float) {
    precondition(parameters.hasLayout(of: gradient), "shapes do not fit")
    unsafe table.descend(parameters.base, gradient.base, parameters.extent, learningRate)
  }

  func descend(
    _ parameters: FloatMatrix, velocity: FloatMatrix, along gradient: FloatMatrix, learningRate: Float,
    momentum: Float, looksAhead: Bool
  ) {
    precondition(parameters.hasLayout(of: gradient) && velocity.hasLayout(of: gradient), "shapes do not fit")
    unsafe table.momentum(
      parameters.base, velocity.base, gradient.base, parameters.extent, learningRate, momentum, looksAhead)
  }

  func descend(
    _ parameters: FloatMatrix, squares: FloatMatrix, along gradient: FloatMatrix, learningRate: Float, kept: Float,
    added: Float, epsilon: Float
  ) {
    precondition(parameters.hasLayout(of: gradient) && squares.hasLayout(of: gradient), "shapes do not fit")
    unsafe table.scaled_descend(
      parameters.base, squares.base, gradient.base, parameters.extent, learningRate, kept, added, epsilon)
  }

  func descend(
    _ parameters: FloatMatrix, means: FloatMatrix, squares: FloatMatrix, along gradient: FloatMatrix,
    step: numeral_adam_step
  ) {
    precondition(parameters.hasLayout(of: gradient), "shapes do not fit")
    precondition(means.hasLayout(of: gradient) && squares.hasLayout(of: gradient), "shapes do not fit")
    unsafe withUnsafePointer(to: step) { step in
      unsafe table.adam(
        parameters.base, means.base, squares.base, gradient.base, parameters.extent, step)
    }
  }
}

extension FloatMatrix {
  /// The number of elements with the padding of all rows.
  var extent: Int { rows * stride }

  func hasLayout(of other: FloatMatrix) -> Bool { rows == other.rows && stride == other.stride }
}
