extension Optimizer {
  /// Every optimizer of the library. Commands, files and tests use this one list.
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

  /// An optimizer with its default settings.
  public struct Kind: Sendable, Hashable {
    private let usual: Optimizer
    /// The default learning rate. Nil if steps are as long as gradients, because then a good rate depends on the
    /// network and its loss.
    public let learningRate: Double?

    /// A kind whose default rate and settings are those of an optimizer.
    init(_ usual: Optimizer) {
      self.usual = usual
      learningRate = usual.learningRate
    }

    /// A kind without a default rate.
    init(_ optimizer: (_ learningRate: Double) -> Optimizer) {
      usual = optimizer(1)
      learningRate = nil
    }

    /// The kind with a given name, or nil.
    public init?(name: String) {
      guard let kind = Optimizer.kinds.first(where: { $0.name == name }) else { return nil }
      self = kind
    }

    /// The name used by the command and in model files.
    public var name: String { usual.name }
    /// The settings other than the learning rate, with their defaults.
    public var settings: [OptimizerSetting] { usual.settings }

    /// The optimizer of this kind with a learning rate and default settings.
    public func optimizer(learningRate: Double) -> Optimizer { usual.with(learningRate: learningRate) }

    /// Whether an optimizer is of this kind, with any settings.
    public func includes(_ optimizer: Optimizer) -> Bool { optimizer.name == name }
  }
}
