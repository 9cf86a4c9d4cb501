extension Optimizer {
  /// Gradient descent with momentum: steps in the same direction add up, opposite steps cancel.
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
      Momentum.form, learningRate: learningRate, settings: [OptimizerSetting("momentum", momentum, .share)])
  }
}

/// See ``Optimizer/momentum(learningRate:momentum:)`` and ``Optimizer/nesterov(learningRate:momentum:)``; its state is
/// u.
final class Momentum: OptimizerRule {
  static let form = OptimizerForm(name: "momentum", stateCount: 1, dependence: .gradientsAlone) {
    .elements(Momentum(looksAhead: false))
  }

  /// Whether the gradient is added once more (Nesterov).
  private let looksAhead: Bool
  private var rate: Float = 0
  private var momentum: Float = 0

  init(looksAhead: Bool) { self.looksAhead = looksAhead }

  func begin(_ step: OptimizerStep) { (rate, momentum) = (Float(step.learningRate), Float(step["momentum"])) }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    kernels.descend(
      part.parameters, velocity: part.state(0), along: part.gradient, learningRate: rate, momentum: momentum,
      looksAhead: looksAhead)
  }
}
