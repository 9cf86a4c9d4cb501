extension Optimizer {
  /// The default of a training without a given optimizer.
  public static let standard = Optimizer.gradientDescent(learningRate: 0.1)

  /// Plain gradient descent.
  ///
  /// ```
  /// θ ← θ − rate · g
  /// ```
  public static func gradientDescent(learningRate: Double) -> Optimizer {
    Optimizer(GradientDescent.form, learningRate: learningRate)
  }
}

/// See ``Optimizer/gradientDescent(learningRate:)``; its only number is the rate.
final class GradientDescent: OptimizerRule {
  static let form = OptimizerForm(name: "sgd", stateCount: 0, dependence: .none) { .elements(GradientDescent()) }

  private var rate: Float = 0

  func begin(_ step: OptimizerStep) { rate = Float(step.learningRate) }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    kernels.descend(part.parameters, along: part.gradient, learningRate: rate)
  }
}
