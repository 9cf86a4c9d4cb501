internal import CNumeralCPU

extension Optimizer {
  /// Adam: momentum and scaling together; both are corrected for their start at 0.
  ///
  /// ```
  /// m ← beta1 · m + (1 − beta1) · g
  /// v ← beta2 · v + (1 − beta2) · g²
  /// θ ← θ − rate / (1 − beta1ᵗ) · m / (√v / √(1 − beta2ᵗ) + epsilon)
  /// ```
  ///
  /// Source: D. Kingma, J. Ba, 2014, *Adam: a method for stochastic optimization*, arXiv:1412.6980.
  ///
  /// - Parameters:
  ///   - beta1: 0 to 0.999999.
  ///   - beta2: 0 to 0.999999.
  ///   - epsilon: 1e-30 to 1.
  public static func adam(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) -> Optimizer {
    Optimizer(
      Adam.form, learningRate: learningRate,
      settings: [
        OptimizerSetting("beta1", beta1, .share), OptimizerSetting("beta2", beta2, .share),
        OptimizerSetting("epsilon", epsilon, .epsilon),
      ])
  }
}

/// See ``Optimizer/adam(learningRate:beta1:beta2:epsilon:)``; remembers m and v.
final class Adam: OptimizerRule {
  static let form = OptimizerForm(name: "adam", stateCount: 2, dependence: .gradientsAlone) { .elements(Adam()) }

  private var numbers = numeral_adam_step()

  func begin(_ step: OptimizerStep) {
    numbers = numeral_adam_step(
      step.number, rate: step.learningRate, beta1: step["beta1"], beta2: step["beta2"], epsilon: step["epsilon"])
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) { part.descend(by: numbers, with: kernels) }
}

// For all optimizers that step as Adam does; state 0 is m and state 1 is v.

extension numeral_adam_step {
  /// The numbers that the kernel takes.
  init(_ number: Int, rate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double = 0) {
    let meanCorrection = 1 - ElementaryFunctions.power(beta1, number)
    let squareCorrection = 1 - ElementaryFunctions.power(beta2, number)
    self.init(
      rate: Float(rate / meanCorrection), shrink: Float(1 - rate * weightDecay), mean_added: Float(1 - beta1),
      square_kept: Float(beta2), square_added: Float(1 - beta2),
      root_correction: Float(1 / squareCorrection.squareRoot()), epsilon: Float(epsilon))
  }
}

extension ParameterPart {
  /// The step of the kernel.
  func descend(by numbers: numeral_adam_step, with kernels: KernelSet) {
    kernels.descend(parameters, means: state(0), squares: state(1), along: gradient, step: numbers)
  }
}
