import Numeral
import NumeralWorkbench

extension TrainOptions {
  /// The recipe's setup, or that of a network given by flags, with every flag applied.
  ///
  /// - Throws: `UsageError` if a flag is about a setting that the optimizer does not have.
  func setup(_ recipe: Recipe?) throws(UsageError) -> TrainingSetup {
    var setup = recipe?.setup ?? TrainingSetup(hidden: [])
    if let body { setup.body = body }
    if let layers { setup.hidden = layers.sizes }
    if let activation { setup.activation = activation.activation }
    if let initialization { setup.initializer = initialization.initializer }
    if let lossReduction { setup.reduction = lossReduction == .mean ? .mean : .sum }
    setup.optimizer = try optimizer(over: setup.optimizer)
    if let schedule { setup.schedule = schedule }
    limits.apply(to: &setup)
    switch batchSize {
    case .images(let count): setup.batchSize = .count(count)
    case .full: setup.batchSize = .full
    case nil: break
    }
    if let epochs { setup.epochs = epochs }
    switch validation {
    case .count(0): setup.parts.validation = nil
    case .count(let count): setup.parts.validation = .count(count)
    case .fraction(let fraction): setup.parts.validation = fraction == 0 ? nil : .fraction(fraction)
    case nil: break
    }
    if let perClass { setup.parts.perClass = perClass }
    if let patience { setup.patience = patience }
    if let augmentation = distortion.augmentation { setup.augmentation = augmentation }
    return setup
  }
}

extension ActivationChoice {
  fileprivate var activation: Activation {
    switch self {
    case .relu: .relu
    case .leakyReLU: .leakyReLU()
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .elu: .elu
    case .gelu: .gelu
    case .silu: .silu
    }
  }
}

extension InitializationChoice {
  fileprivate var initializer: Initializer {
    switch self {
    case .he: .he
    case .glorot: .glorot
    case .leCun: .leCun
    case .zeros: .zeros
    case .normal(let deviation): .normal(standardDeviation: Float(deviation))
    case .uniform(let bound): .uniform(-Float(bound)...Float(bound))
    }
  }
}
