/// How gradients change parameters.
///
/// With g = ∂loss/∂θ, t the number of the step from 1 and all state 0 before the first. Definitions, names and defaults
/// are those of PyTorch's `torch.optim` (2.x), so that settings can be carried over. Weights and biases are treated alike,
/// except that the weight decay of AdamW and Muon leaves biases alone unless ``Regularization/decaysBiases`` says so.
///
/// Every optimizer here but Muon works element by element, so a part of the parameters can be updated as soon as its
/// gradient is known, by whichever thread computed it.
public enum Optimizer: Sendable, Hashable {
  /// Plain gradient descent.
  ///
  /// ```
  /// θ ← θ − rate · g
  /// ```
  case gradientDescent(learningRate: Double)

  /// Gradient descent with momentum: steps that agree add up, steps that contradict each other cancel.
  ///
  /// ```
  /// u ← momentum · u + g
  /// θ ← θ − rate · u
  /// ```
  ///
  /// Source: B. Polyak, 1964, *Some methods of speeding up the convergence of iteration methods*,
  /// doi:10.1016/0041-5553(64)90137-5.
  case momentum(learningRate: Double, momentum: Double = 0.9)

  /// Nesterov's momentum: the gradient counts once more, as if it were taken where momentum will lead.
  ///
  /// ```
  /// u ← momentum · u + g
  /// θ ← θ − rate · (momentum · u + g)
  /// ```
  ///
  /// Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, 2013, *On the importance of initialization and momentum in
  /// deep learning*, ICML, in PyTorch's form.
  case nesterov(learningRate: Double, momentum: Double = 0.9)

  /// RMSprop: each parameter's step is divided by the root of a running mean of its squared gradients.
  ///
  /// ```
  /// v ← smoothing · v + (1 − smoothing) · g²
  /// θ ← θ − rate · g / (√v + epsilon)
  /// ```
  ///
  /// Source: T. Tieleman, G. Hinton, 2012, *Neural networks for machine learning*, lecture 6.5.
  case rmsProp(learningRate: Double = 0.01, smoothing: Double = 0.99, epsilon: Double = 1e-8)

  /// AdaGrad: each parameter's step is divided by the root of the sum of all its squared gradients.
  ///
  /// ```
  /// v ← v + g²
  /// θ ← θ − rate · g / (√v + epsilon)
  /// ```
  ///
  /// Source: J. Duchi, E. Hazan, Y. Singer, 2011, *Adaptive subgradient methods for online learning and stochastic
  /// optimization*, JMLR 12.
  case adaGrad(learningRate: Double = 0.01, epsilon: Double = 1e-10)

  /// Adam: momentum and scaling together, both corrected for having started at 0.
  ///
  /// ```
  /// m ← beta1 · m + (1 − beta1) · g
  /// v ← beta2 · v + (1 − beta2) · g²
  /// θ ← θ − rate / (1 − beta1ᵗ) · m / (√v / √(1 − beta2ᵗ) + epsilon)
  /// ```
  ///
  /// Source: D. Kingma, J. Ba, 2014, *Adam: a method for stochastic optimization*, arXiv:1412.6980.
  case adam(learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)

  /// Adam with decoupled weight decay: parameters shrink by a share of the rate, whatever their gradients.
  ///
  /// ```
  /// θ ← θ − rate · weightDecay · θ,   then as Adam
  /// ```
  ///
  /// Source: I. Loshchilov, F. Hutter, 2017, *Decoupled weight decay regularization*, arXiv:1711.05101.
  case adamW(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01)

  /// Muon: momentum whose step is turned into the nearest orthogonal matrix, so that every direction of a weight matrix
  /// gets a step of the same length, not only the few that dominate its gradients.
  ///
  /// ```
  /// u ← momentum · u + g,   d = g + momentum · u                                  Nesterov's momentum
  /// X ← d / max(‖d‖, 10⁻⁷), five times X ← 3.4445 X − 4.7750 (XXᵀ)X + 2.0315 (XXᵀ)²X    Newton–Schulz
  /// θ ← θ − rate · weightDecay · θ − rate · √max(1, outputs / inputs) · X
  /// ```
  ///
  /// The singular values of X end between about 0.7 and 1.2. This is for matrices; the last layer's, biases and the like
  /// are trained by AdamW with the rate `othersLearningRate`, the same weight decay, and the rest as usual. The schedule
  /// multiplies both rates. PyTorch's own defaults are a rate of 0.001 and a decay of 0.1; ours is the author's rate.
  ///
  /// Source: K. Jordan and others, 2024, *Muon: an optimizer for hidden layers in neural networks*,
  /// kellerjordan.github.io/posts/muon.
  case muon(
    learningRate: Double = 0.02, momentum: Double = 0.95, weightDecay: Double = 0.01,
    othersLearningRate: Double = 0.001)

  /// The learning rate.
  public var learningRate: Double {
    switch self {
    case .gradientDescent(let rate), .momentum(let rate, _), .nesterov(let rate, _), .rmsProp(let rate, _, _),
      .adaGrad(let rate, _), .adam(let rate, _, _, _), .adamW(let rate, _, _, _, _), .muon(let rate, _, _, _):
      rate
    }
  }

  /// The same rule with another learning rate; Muon's rate for what is no matrix stays.
  public func with(learningRate rate: Double) -> Optimizer {
    switch self {
    case .gradientDescent: .gradientDescent(learningRate: rate)
    case .momentum(_, let momentum): .momentum(learningRate: rate, momentum: momentum)
    case .nesterov(_, let momentum): .nesterov(learningRate: rate, momentum: momentum)
    case .rmsProp(_, let smoothing, let epsilon):
      .rmsProp(learningRate: rate, smoothing: smoothing, epsilon: epsilon)
    case .adaGrad(_, let epsilon): .adaGrad(learningRate: rate, epsilon: epsilon)
    case .adam(_, let beta1, let beta2, let epsilon):
      .adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .adamW(_, let beta1, let beta2, let epsilon, let weightDecay):
      .adamW(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
    case .muon(_, let momentum, let weightDecay, let others):
      .muon(learningRate: rate, momentum: momentum, weightDecay: weightDecay, othersLearningRate: others)
    }
  }

  /// The name used by the command and in model files.
  public var name: String {
    switch self {
    case .gradientDescent: "sgd"
    case .momentum: "momentum"
    case .nesterov: "nesterov"
    case .rmsProp: "rmsprop"
    case .adaGrad: "adagrad"
    case .adam: "adam"
    case .adamW: "adamw"
    case .muon: "muon"
    }
  }

  /// All names.
  public static let names = ["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw", "muon"]

  /// The settings other than the learning rate, by the names that files record.
  public var settings: [(name: String, value: Double)] {
    switch self {
    case .gradientDescent: []
    case .momentum(_, let momentum), .nesterov(_, let momentum): [("momentum", momentum)]
    case .rmsProp(_, let smoothing, let epsilon): [("smoothing", smoothing), ("epsilon", epsilon)]
    case .adaGrad(_, let epsilon): [("epsilon", epsilon)]
    case .adam(_, let beta1, let beta2, let epsilon): [("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon)]
    case .adamW(_, let beta1, let beta2, let epsilon, let weightDecay):
      [("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon), ("weightDecay", weightDecay)]
    case .muon(_, let momentum, let weightDecay, let othersLearningRate):
      [("momentum", momentum), ("weightDecay", weightDecay), ("othersLearningRate", othersLearningRate)]
    }
  }

  /// Throws the first number that is wrong.
  func check() throws(TrainingError) {
    // Kernels take the numbers as floats, which hold less.
    let rate = Float(learningRate)
    guard rate.isFinite else { throw .learningRate(Double(rate)) }
    guard rate > 0 else { throw .learningRate(rate == 0 ? 0 : learningRate) }
    // The rate that shrinks most.
    var decayRate = learningRate
    if case .muon(_, _, _, let othersLearningRate) = self { decayRate = max(decayRate, othersLearningRate) }
    for (name, value) in settings {
      let (isGood, expected) =
        switch name {
        // The root of a mean square may be 0, and nothing below this bound is surely kept apart from 0 by a float.
        case "epsilon": (value >= 1e-30 && value <= 1, "1e-30 to 1")
        case "weightDecay": (value >= 0 && value * decayRate < 1, "0 or more, and less than 1 / learning rate")
        case "othersLearningRate": (Float(value).isFinite && Float(value) > 0, "a positive finite number")
        default: (value >= 0 && value <= 0.999_999, "0 to 0.999999")
        }
      guard isGood else { throw .optimizer(setting: name, found: value, expected: expected) }
    }
  }
}
