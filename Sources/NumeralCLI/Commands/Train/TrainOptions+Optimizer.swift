import Numeral
import NumeralWorkbench

extension TrainOptions {
  /// The optimizer of a training: that of the recipe, or another one by name, with every flag applied.
  ///
  /// Another optimizer has its usual learning rate, or the recipe's if it has none. Plain descent with a momentum is
  /// `momentum`.
  ///
  /// - Parameter standard: The optimizer of the recipe.
  /// - Throws: `UsageError` if a flag is about a setting that the optimizer does not have.
  func optimizer(over standard: Optimizer) throws(UsageError) -> Optimizer {
    var result = standard
    if let optimizer {
      result = optimizer.optimizer(learningRate: optimizer.learningRate ?? standard.learningRate)
    }
    if let learningRate { result = result.with(learningRate: learningRate) }
    if let momentum {
      if result.isPlainDescent { result = .momentum(learningRate: result.learningRate) }
      result = try override(result, "momentum", by: momentum, flag: "--momentum", words: "a momentum")
    }
    if let weightDecay {
      result = try override(
        result, "weightDecay", by: weightDecay, flag: "--weight-decay", words: "a weight decay of its own")
    }
    return result
  }

  private func override(
    _ result: Optimizer, _ setting: String, by value: Double, flag: String, words: String
  ) throws(UsageError) -> Optimizer {
    if let changed = result.with(setting: setting, value) { return changed }
    if let optimizer { throw .conflict(flag, "--optimizer \(optimizer.name)") }
    throw .refused(
      flag,
      reason: "the training's optimizer is \(result.name), expected one with \(words); "
        + "name one with --optimizer: \(OptimizerTexts.names(with: setting).listed(with: "or"))")
  }

  /// Throws the first flag that means nothing to the optimizer of the training.
  func validateOptimizer() throws(UsageError) {
    let setup = recipe.flatMap { Recipe(name: $0) }?.setup
    let result = try optimizer(over: setup?.training.optimizer ?? .standard)
    let hasWeightDecay = result.has(setting: "weightDecay")
    let isPenalized =
      limits.l1 != nil || limits.l2 != nil
      || setup.map { $0.training.regularization.l1 > 0 || $0.training.regularization.l2 > 0 } == true
    if limits.decayBiases, !hasWeightDecay, !isPenalized {
      let words = ["--l1", "--l2"] + OptimizerTexts.names(with: "weightDecay")
      throw .conflict("--decay-biases", "a training without \(words.listed(with: "or"))")
    }
    // These optimizers have their own weight decay; using both is probably a mistake.
    if limits.l2 != nil, hasWeightDecay {
      if let optimizer { throw .conflict("--l2", "--optimizer \(optimizer.name)") }
      throw .refused(
        "--l2",
        reason: "the training's optimizer is \(result.name), which has a weight decay of its own; "
          + "change that with --weight-decay")
    }
  }
}
