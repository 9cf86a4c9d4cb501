internal import CNumeralCPU

// The optimizers' kernels, see `NumeralUpdates.h`: parameters, state and gradient are matrices of one shape, padding
// included.

extension KernelSet {
  func descend(_ parameters: FloatMatrix, along gradient: FloatMatrix, learningRate: Float) {
    precondition(parameters.hasLayout(of: gradient), "shapes do not fit")
    unsafe table.updates.descend(parameters.base, gradient.base, parameters.extent, learningRate)
  }

  func descend(
    _ parameters: FloatMatrix, velocity: FloatMatrix, along gradient: FloatMatrix, learningRate: Float,
    momentum: Float, looksAhead: Bool
  ) {
    precondition(parameters.hasLayout(of: gradient) && velocity.hasLayout(of: gradient), "shapes do not fit")
    var step = numeral_momentum_step(rate: learningRate, momentum: momentum, looks_ahead: looksAhead)
    unsafe table.updates.momentum(parameters.base, velocity.base, gradient.base, parameters.extent, &step)
  }

  func descend(
    _ parameters: FloatMatrix, squares: FloatMatrix, along gradient: FloatMatrix, step: numeral_scaled_step
  ) {
    precondition(parameters.hasLayout(of: gradient) && squares.hasLayout(of: gradient), "shapes do not fit")
    var step = step
    unsafe table.updates.scaled_descend(parameters.base, squares.base, gradient.base, parameters.extent, &step)
  }

  func descend(
    _ parameters: FloatMatrix, means: FloatMatrix, squares: FloatMatrix, along gradient: FloatMatrix,
    step: numeral_adam_step
  ) {
    precondition(parameters.hasLayout(of: gradient), "shapes do not fit")
    precondition(means.hasLayout(of: gradient) && squares.hasLayout(of: gradient), "shapes do not fit")
    var step = step
    unsafe table.updates.adam(
      parameters.base, means.base, squares.base, gradient.base, parameters.extent, &step)
  }
}
