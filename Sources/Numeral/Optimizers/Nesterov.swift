extension Optimizer {
  /// Nesterov's momentum: the gradient counts once more, as if it were taken where momentum will lead.
  ///
  /// ```
  /// u ← momentum · u + g
  /// θ ← θ − rate · (momentum · u + g)
  /// ```
  ///
  /// Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, 2013, *On the importance of initialization and momentum in
  /// deep learning*, ICML, in PyTorch's form.
  ///
  /// - Parameter momentum: 0 to 0.999999.
  public static func nesterov(learningRate: Double, momentum: Double = 0.9) -> Optimizer {
    Optimizer(
      Nesterov(), learningRate: learningRate, settings: [OptimizerSetting("momentum", momentum, .share)])
  }
}

/// See ``Optimizer/nesterov(learningRate:momentum:)``; remembers u.
struct Nesterov: OptimizerRule {
  let name = "nesterov"
  let stateCount = 1
  let form = UpdateForm.alike

  func numbers(of step: OptimizerStep) -> (rate: Float, momentum: Float) {
    (Float(step.learningRate), Float(step["momentum"]))
  }

  func update(_ part: ParameterPart, by numbers: (rate: Float, momentum: Float), with kernels: KernelSet) {
    kernels.descend(
      part.parameters, velocity: part.state(0), along: part.gradient, learningRate: numbers.rate,
      momentum: numbers.momentum, looksAhead: true)
  }
}
