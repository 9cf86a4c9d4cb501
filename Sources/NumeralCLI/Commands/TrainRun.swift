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

  /// Trains and returns the result after it is printed and, if wanted, saved.
  func perform() throws -> ExperimentResult {
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
    return result
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
      version: "\(Version.number) (\(Version.commit))", source: data.source, loadSeconds: data.seconds)
  }

  private func show(_ result: ExperimentResult, _ path: String?) throws {
    if options.format.json {
      try context.output.line(result.json(loadSeconds: data.seconds, output: path).text)
      return
    }
    let view = ResultView(result: result, style: context.outputStyle)
    for line in view.lines() { try context.output.line(line) }
    try context.output.line()
    try context.output.line("weights  \(result.weightsHash)")
    guard let path else { return }
    try context.output.line("saved    \(path)")
    let indices = "numeral predict --model \(path) --index 0-4"
    try context.output.line("next     numeral inspect \(path)")
    try context.output.line("         \(indices)")
  }

  private func divergence(_ result: ExperimentResult) -> CommandFailure {
    let rate = experiment.setup.optimizer.learningRate
    return CommandFailure(
      .data,
      "the loss became NaN or infinite in epoch \(result.outcome.history.count + 1); the weights kept are those of epoch "
        + "\(result.outcome.keptEpoch); try a lower rate, for example --learning-rate \(rate / 10)")
  }
}

/// Mean and spread of the test accuracy over several seeds.
struct SeedSummary {
  let results: [ExperimentResult]

  private var accuracies: [Double] { results.compactMap { ($0.test ?? $0.validation)?.accuracy } }

  private var mean: Double? { accuracies.isEmpty ? nil : accuracies.reduce(0, +) / Double(accuracies.count) }

  /// The sample standard deviation (division by n − 1), nil for fewer than two seeds.
  private var deviation: Double? {
    guard let mean, accuracies.count > 1 else { return nil }
    let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(accuracies.count - 1)).squareRoot()
  }

  func write(_ context: CommandContext, json: Bool) throws {
    if json {
      try context.output.line(
        JSONValue.object([
          ("event", "summary"), ("seeds", .array(results.map { JSONValue($0.experiment.seed) })),
          ("testAccuracy", .object([("mean", JSONValue(mean)), ("sd", JSONValue(deviation))])),
        ]).text)
      return
    }
    let part = results.first?.test == nil ? "validation" : "test"
    var line = "\(results.count) seeds: \(part) accuracy \(Quantity.percent(mean ?? .nan, digits: 2))"
    if let deviation { line += " ± \(Quantity.fixed(deviation * 100, digits: 2)) (mean ± standard deviation)" }
    try context.output.line()
    try context.output.line(context.outputStyle.paint(line, .bold))
  }
}
