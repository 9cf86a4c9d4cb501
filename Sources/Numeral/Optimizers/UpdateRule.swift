internal import CNumeralCPU

/// One step of an optimizer in the numbers that kernels take, worked out once a step in `Double`.
///
/// Powers are products and roots are the processor's, so the numbers have the same bits on every machine.
enum UpdateRule {
  case descend(rate: Float)
  case momentum(rate: Float, momentum: Float, looksAhead: Bool)
  case scaled(rate: Float, kept: Float, added: Float, epsilon: Float)
  case adam(numeral_adam_step)
  /// Muon's step along gradients that are orthogonal already.
  case orthogonal(rate: Double, weightDecay: Double)

  /// The rule of an optimizer's step of a number, counted from 1, with its learning rate multiplied by a factor.
  ///
  /// - Parameters:
  ///   - decays: Whether a weight decay applies to the parameters at hand.
  ///   - isOrthogonal: Whether Muon treats them as matrices.
  init(_ optimizer: Optimizer, step: Int, rateFactor: Double, decays: Bool = true, isOrthogonal: Bool = false) {
    let rate = optimizer.learningRate * rateFactor
    switch optimizer {
    case .gradientDescent:
      self = .descend(rate: Float(rate))
    case .momentum(_, let momentum):
      self = .momentum(rate: Float(rate), momentum: Float(momentum), looksAhead: false)
    case .nesterov(_, let momentum):
      self = .momentum(rate: Float(rate), momentum: Float(momentum), looksAhead: true)
    case .rmsProp(_, let smoothing, let epsilon):
      self = .scaled(
        rate: Float(rate), kept: Float(smoothing), added: Float(1 - smoothing), epsilon: Float(epsilon))
    case .adaGrad(_, let epsilon):
      self = .scaled(rate: Float(rate), kept: 1, added: 1, epsilon: Float(epsilon))
    case .adam(_, let beta1, let beta2, let epsilon):
      self = .adam(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: 0, step: step)
    case .adamW(_, let beta1, let beta2, let epsilon, let weightDecay):
      self = .adam(
        rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decays ? weightDecay : 0, step: step)
    case .muon(_, _, let weightDecay, _) where isOrthogonal:
      self = .orthogonal(rate: rate, weightDecay: weightDecay)
    case .muon(_, _, let weightDecay, let others):
      self = .adam(
        rate: others * rateFactor, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: decays ? weightDecay : 0,
        step: step)
    }
  }

  private static func adam(
    rate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, step: Int
  ) -> UpdateRule {
    let meanCorrection = 1 - ElementaryFunctions.power(beta1, step)
    let squareCorrection = 1 - ElementaryFunctions.power(beta2, step)
    return .adam(
      numeral_adam_step(
        rate: Float(rate / meanCorrection), shrink: Float(1 - rate * weightDecay), mean_added: Float(1 - beta1),
        square_kept: Float(beta2), square_added: Float(1 - beta2),
        root_correction: Float(1 / squareCorrection.squareRoot()), epsilon: Float(epsilon)))
  }
}

extension Optimizer {
  /// The number of floats that it remembers for each parameter.
  var stateCount: Int {
    switch self {
    case .gradientDescent: 0
    case .momentum, .nesterov, .rmsProp, .adaGrad: 1
    case .adam, .adamW, .muon: 2
    }
  }
}
