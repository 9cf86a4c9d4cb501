internal import CNumeralCPU

extension Optimizer {
  /// AdaGrad: each parameter's step is divided by the root of the sum of all its squared gradients.
  ///
  /// ```
  /// v ← v + g²
  /// θ ← θ − rate · g / (√v + epsilon)
  /// ```
  ///
  /// Source: J. Duchi, E. Hazan, Y. Singer, 2011, *Adaptive subgradient methods for online learning and stochastic
  /// optimization*, JMLR 12.
  ///
  /// - Parameter epsilon: 1e-30 to 1.
  public static func adaGrad(learningRate: Double = 0.01, epsilon: Double = 1e-10) -> Optimizer {
    Optimizer(AdaGrad.form, learningRate: learningRate, settings: [OptimizerSetting("epsilon", epsilon, .epsilon)])
  }
}

/// See ``Optimizer/adaGrad(learningRate:epsilon:)``; its state is v.
final class AdaGrad: OptimizerRule {
  static let form = OptimizerForm(name: "adagrad", stateCount: 1, dependence: .gradientsAlone) { .elements(AdaGrad()) }

  private var numbers = numeral_scaled_step()

  func begin(_ step: OptimizerStep) {
    numbers = numeral_scaled_step(
      rate: Float(step.learningRate), kept: 1, added: 1, epsilon: Float(step["epsilon"]))
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    kernels.descend(part.parameters, squares: part.state(0), along: part.gradient, step: numbers)
  }
}
