extension Optimizer {
  /// What a training takes that names no optimizer.
  public static let standard = Optimizer.gradientDescent(learningRate: 0.1)

  /// Plain gradient descent.
  ///
  /// ```
  /// θ ← θ − rate · g
  /// ```
  public static func gradientDescent(learningRate: Double) -> Optimizer {
    Optimizer(GradientDescent(), learningRate: learningRate)
  }
}

/// See ``Optimizer/gradientDescent(learningRate:)``; its number is the rate.
struct GradientDescent: OptimizerRule {
  let name = "sgd"
  let stateCount = 0
  let form = UpdateForm.descent

  func numbers(of step: OptimizerStep) -> Float { Float(step.learningRate) }

  func update(_ part: ParameterPart, by rate: Float, with kernels: KernelSet) {
    kernels.descend(part.parameters, along: part.gradient, learningRate: rate)
  }
}
