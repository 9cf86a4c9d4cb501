import Numeral
import NumeralWorkbench
import NumeralModels

extension TrainOptions {
  /// The recipe's setup, or that of a network given by flags, with every flag applied.
  ///
  /// - Throws: `UsageError` if a flag is about a setting that the optimizer does not have.
  func setup(_ recipe: Recipe?) throws(UsageError) -> TrainingSetup {
    var setup = recipe?.setup ?? TrainingSetup(hidden: [])
    if let body { setup.body = body }
    if let layers { setup.hidden = layers.sizes }
    if let activation { setup.activation = activation }
    if let initializer { setup.initializer = initializer }
    if let lossReduction { setup.training.reduction = lossReduction }
    setup.training.optimizer = try optimizer(over: setup.training.optimizer)
    if let schedule { setup.training.schedule = schedule }
    limits.apply(to: &setup)
    if let batchSize { setup.training.batchSize = batchSize }
    if let epochs { setup.training.epochs = epochs }
    if let validation { setup.parts.validation = validation.size }
    if let perClass { setup.parts.perClass = perClass }
    if let patience { setup.training.patience = patience }
    if let augmentation = distortion.augmentation { setup.training.augmentation = augmentation }
    return setup
  }
}
