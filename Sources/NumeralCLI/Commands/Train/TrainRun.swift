import Numeral
import NumeralWorkbench
import NumeralModels

/// The training of one seed: prepared, watched, printed and saved.
struct TrainRun {
  let experiment: Experiment
  let data: LoadedData
  /// The content hash of the data, nil if nothing is saved.
  let dataHash: String?
  let options: TrainOptions
  let context: CommandContext

  /// Trains and returns the result, and where it was saved if that is wanted, after it is printed.
  func perform() throws -> (result: ExperimentResult, path: String?) {
    let training = SavedTraining(
      experiment: experiment, data: data, label: options.source.label,
      output: options.noSave ? nil : options.output ?? RunFolder.standardParent)
    let (result, path) = try training.perform { try train($0) }
    try show(result, path)
    if result.outcome.ending == .diverged { throw CommandFailure(divergence: result) }
    return (result, path)
  }

  private func train(_ prepared: Experiment.Prepared) throws -> ExperimentResult {
    let images = prepared.parts.training.count
    let progress = TrainingProgress(
      context, label: experiment.recipe, epochs: experiment.setup.training.epochs, images: images,
      isQuiet: options.progress.quiet,
      printsJSON: options.format.json)
    defer { progress.finish() }
    return try prepared.run(dataHash: dataHash) { progress.observe($0) }
  }

  private func show(_ result: ExperimentResult, _ path: String?) throws {
    if options.format.json {
      try context.output.line(result.json(loadSeconds: data.seconds, output: path).text)
      return
    }
    // One of several seeds is only summarized; its details are in its run.
    let isOneOfSeveral = options.seeds.map { $0 > 1 } ?? false
    let view = ResultView(result: result, style: context.outputStyle)
    for line in isOneOfSeveral ? view.summary() : view.lines() { try context.output.line(line) }
    try context.output.line()
    try context.output.line("weights  \(result.weightsHash)")
    guard let path else { return }
    try context.output.line("saved    \(path)")
    if isOneOfSeveral { return }
    try context.output.line("next     numeral inspect \(path)")
    // A dataset without a name of its own must be named again.
    let source = KnownNames.datasets.contains(data.source) ? "" : " --data \(data.source)"
    try context.output.line("         numeral predict --model \(path)\(source) --index 0-4")
  }
}

extension CommandFailure {
  /// A training whose loss became NaN or infinite.
  init(divergence result: ExperimentResult) {
    let rate = result.experiment.setup.training.optimizer.learningRate / 10
    let kept = result.outcome.keptEpoch
    self.init(
      .data,
      "the loss became NaN or infinite in epoch \(result.outcome.history.count + 1); the weights kept are those "
        + (kept == 0 ? "from before the training" : "of epoch \(kept)")
        + "; try a lower rate, for example --learning-rate \(rate)")
  }
}
