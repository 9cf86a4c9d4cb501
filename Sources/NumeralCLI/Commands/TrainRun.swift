import Foundation
import Numeral
import NumeralData
import NumeralWorkbench

/// The training of one seed: prepared, watched, printed and saved.
struct TrainRun {
  let experiment: Experiment
  let data: LoadedData
  let dataHash: String
  let options: TrainOptions
  let context: CommandContext

  /// Trains and returns the result, and where it was saved if that is wanted, after it is printed.
  func perform() throws -> (result: ExperimentResult, path: String?) {
    let date = Date()
    let prepared = try experiment.prepare(data.dataset)
    // Made first, so that a full or forbidden disk shows before the work, not after.
    let folder =
      options.noSave
      ? nil
      : try RunFolder(
        in: options.output ?? "runs",
        name: RunFolder.name(recipe: experiment.recipe, seed: experiment.seed, date: date))
    let result: ExperimentResult
    let path: String?
    do {
      result = try train(prepared)
      path = try folder?.save(record(result, date).files)
    } catch {
      folder?.discard()
      throw error
    }
    try show(result, path)
    if result.outcome.ending == .diverged { throw divergence(result) }
    return (result, path)
  }

  private func train(_ prepared: Experiment.Prepared) throws -> ExperimentResult {
    let images = prepared.parts.training.count
    let progress = TrainingProgress(
      context, label: experiment.recipe, epochs: experiment.setup.epochs, images: images, isQuiet: options.quiet,
      printsJSON: options.format.json)
    defer { progress.finish() }
    return try prepared.run(dataHash: dataHash) { progress.observe($0) }
  }

  private func record(_ result: ExperimentResult, _ date: Date) -> RunRecord {
    RunRecord(
      result: result, date: date, arguments: Array(CommandLine.arguments.dropFirst()),
      version: "\(Version.number) (\(Version.commit))", source: data.source,
      label: options.source.label?.position, loadSeconds: data.seconds)
  }

  private func show(_ result: ExperimentResult, _ path: String?) throws {
    if options.format.json {
      try context.output.line(result.json(loadSeconds: data.seconds, output: path).text)
      return
    }
    // One seed of several is told in short; its details are in its run.
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

  private func divergence(_ result: ExperimentResult) -> CommandFailure {
    let rate = experiment.setup.optimizer.learningRate / 10
    let kept = result.outcome.keptEpoch
    return CommandFailure(
      .data,
      "the loss became NaN or infinite in epoch \(result.outcome.history.count + 1); the weights kept are those "
        + (kept == 0 ? "from before the training" : "of epoch \(kept)")
        + "; try a lower rate, for example --learning-rate \(rate)")
  }
}
