extension Optimizer {
  /// Every optimizer of the library: the one list that commands, files and tests go by.
  public static let kinds: [Kind] = [
    Kind { .gradientDescent(learningRate: $0) },
    Kind { .momentum(learningRate: $0) },
    Kind { .nesterov(learningRate: $0) },
    Kind(.rmsProp()),
    Kind(.adaGrad()),
    Kind(.adam()),
    Kind(.adamW()),
    Kind(.nAdam()),
    Kind(.muon()),
  ]

  /// The names of all optimizers.
  public static let names = kinds.map { $0.name }

  /// An optimizer with its usual settings.
  public struct Kind: Sendable, Hashable {
    private let usual: Optimizer
    /// The usual learning rate; nil where steps are as long as gradients, so that the rate depends on the network and
    /// its loss.
    public let learningRate: Double?

    /// A kind whose usual rate and settings are those of an optimizer.
    init(_ usual: Optimizer) {
      self.usual = usual
      learningRate = usual.learningRate
    }

    /// A kind without a usual rate.
    init(_ optimizer: (_ learningRate: Double) -> Optimizer) {
      usual = optimizer(1)
      learningRate = nil
    }

    /// The kind of a name, or nil.
    public init?(name: String) {
      guard let kind = Optimizer.kinds.first(where: { $0.name == name }) else { return nil }
      self = kind
    }

    /// The name used by the command and in model files.
    public var name: String { usual.name }
    /// What it can be told beside the learning rate, each with its default.
    public var settings: [OptimizerSetting] { usual.settings }

    /// The optimizer of this kind with a learning rate and its usual settings.
    public func optimizer(learningRate: Double) -> Optimizer { usual.with(learningRate: learningRate) }

    /// Whether an optimizer is of this kind, whatever its settings.
    public func includes(_ optimizer: Optimizer) -> Bool { optimizer.name == name }
  }
}
