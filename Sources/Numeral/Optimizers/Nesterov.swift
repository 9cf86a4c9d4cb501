extension Optimizer {
  /// Nesterov's momentum: the gradient counts once more, as if it were taken where momentum leads.
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

/// ``Momentum`` has its rule.
enum Nesterov {
  static let form = OptimizerForm(name: "nesterov", stateCount: 1, dependence: .gradientsAlone) {
    .elements(Momentum(looksAhead: true))
  }
}
