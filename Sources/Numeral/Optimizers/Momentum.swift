extension Optimizer {
  /// Gradient descent with momentum: steps that agree add up, steps that contradict each other cancel.
  ///
  /// ```
  /// u ← momentum · u + g
  /// θ ← θ − rate · u
  /// ```
  ///
  /// Source: B. Polyak, 1964, *Some methods of speeding up the convergence of iteration methods*,
  /// doi:10.1016/0041-5553(64)90137-5.
  ///
  /// - Parameter momentum: 0 to 0.999999.
  public static func momentum(learningRate: Double, momentum: Double = 0.9) -> Optimizer {
    Optimizer(
      Momentum(), learningRate: learningRate, settings: [OptimizerSetting("momentum", momentum, .share)])
  }
}

/// See ``Optimizer/momentum(learningRate:momentum:)``; remembers u.
struct Momentum: OptimizerRule {
  let name = "momentum"
  let stateCount = 1
  let form = UpdateForm.alike

  func numbers(of step: OptimizerStep) -> (rate: Float, momentum: Float) {
    (Float(step.learningRate), Float(step["momentum"]))
  }

  func update(_ part: ParameterPart, by numbers: (rate: Float, momentum: Float), with kernels: KernelSet) {
    kernels.descend(
      part.parameters, velocity: part.state(0), along: part.gradient, learningRate: numbers.rate,
      momentum: numbers.momentum, looksAhead: false)
  }
}
