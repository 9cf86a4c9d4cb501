internal import CNumeralCPU

extension Optimizer {
  /// Adam: momentum and scaling together, both corrected for having started at 0.
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
      Adam(), learningRate: learningRate,
      settings: [
        OptimizerSetting("beta1", beta1, .share), OptimizerSetting("beta2", beta2, .share),
        OptimizerSetting("epsilon", epsilon, .epsilon),
      ])
  }
}

/// See ``Optimizer/adam(learningRate:beta1:beta2:epsilon:)``; remembers m and v.
struct Adam: OptimizerRule {
  let name = "adam"
  let stateCount = 2
  let form = UpdateForm.alike

  func numbers(of step: OptimizerStep) -> numeral_adam_step {
    Adam.numbers(
      of: step, rate: step.learningRate, beta1: step["beta1"], beta2: step["beta2"], epsilon: step["epsilon"],
      weightDecay: 0)
  }

  func update(_ part: ParameterPart, by numbers: numeral_adam_step, with kernels: KernelSet) {
    Adam.update(part, by: numbers, with: kernels)
  }

  /// The numbers that the kernel takes, for all optimizers that step as Adam does.
  static func numbers(
    of step: OptimizerStep, rate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double
  ) -> numeral_adam_step {
    let meanCorrection = 1 - ElementaryFunctions.power(beta1, step.number)
    let squareCorrection = 1 - ElementaryFunctions.power(beta2, step.number)
    return numeral_adam_step(
      rate: Float(rate / meanCorrection), shrink: Float(1 - rate * weightDecay), mean_added: Float(1 - beta1),
      square_kept: Float(beta2), square_added: Float(1 - beta2),
      root_correction: Float(1 / squareCorrection.squareRoot()), epsilon: Float(epsilon))
  }

  /// The step of the kernel, state 0 being m and state 1 v.
  static func update(_ part: ParameterPart, by numbers: numeral_adam_step, with kernels: KernelSet) {
    kernels.descend(
      part.parameters, means: part.state(0), squares: part.state(1), along: part.gradient, step: numbers)
  }
}
