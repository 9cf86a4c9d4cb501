internal import CNumeralCPU

extension Optimizer {
  /// RMSprop: each parameter's step is divided by the root of a running mean of its squared gradients.
  ///
  /// ```
  /// v ← smoothing · v + (1 − smoothing) · g²
  /// θ ← θ − rate · g / (√v + epsilon)
  /// ```
  ///
  /// Source: T. Tieleman, G. Hinton, 2012, *Neural networks for machine learning*, lecture 6.5.
  ///
  /// - Parameters:
  ///   - smoothing: 0 to 0.999999.
  ///   - epsilon: 1e-30 to 1.
  public static func rmsProp(
    learningRate: Double = 0.01, smoothing: Double = 0.99, epsilon: Double = 1e-8
  ) -> Optimizer {
    Optimizer(
      RMSProp.form, learningRate: learningRate,
      settings: [OptimizerSetting("smoothing", smoothing, .share), OptimizerSetting("epsilon", epsilon, .epsilon)])
  }
}

/// See ``Optimizer/rmsProp(learningRate:smoothing:epsilon:)``; its state is v.
final class RMSProp: OptimizerRule {
  static let form = OptimizerForm(name: "rmsprop", stateCount: 1, dependence: .gradientsAlone) { .elements(RMSProp()) }

  private var numbers = numeral_scaled_step()

  func begin(_ step: OptimizerStep) {
    let smoothing = step["smoothing"]
    numbers = numeral_scaled_step(
      rate: Float(step.learningRate), kept: Float(smoothing), added: Float(1 - smoothing),
      epsilon: Float(step["epsilon"]))
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    kernels.descend(part.parameters, squares: part.state(0), along: part.gradient, step: numbers)
  }
}
