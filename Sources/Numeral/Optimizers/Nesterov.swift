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
      Nesterov.form, learningRate: learningRate, settings: [OptimizerSetting("momentum", momentum, .share)])
  }
}

/// See ``Optimizer/nesterov(learningRate:momentum:)``; remembers u.
final class Nesterov: OptimizerRule {
  static let form = OptimizerForm(name: "nesterov", stateCount: 1, dependence: .gradientsAlone) {
    .elements(Nesterov())
  }

  private var rate: Float = 0
  private var momentum: Float = 0

  func begin(_ step: OptimizerStep) { (rate, momentum) = (Float(step.learningRate), Float(step["momentum"])) }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    kernels.descend(
      part.parameters, velocity: part.state(0), along: part.gradient, learningRate: rate, momentum: momentum,
      looksAhead: true)
  }
}
