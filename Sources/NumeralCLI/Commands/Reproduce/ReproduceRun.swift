import Numeral
import NumeralWorkbench
import NumeralModels

/// The trainings of `numeral reproduce`, one after the other under one bar.
final class ReproduceRun {
  let threads: Int
  private let data: ReproductionData
  private let options: ReproduceOptions
  private let kernels: KernelSet
  private let context: CommandContext
  private var bar: ProgressLine
  private var done = 0
  private var hasLines = false

  init(
    data: ReproductionData, options: ReproduceOptions, threads: Int, kernels: KernelSet, context: CommandContext
  ) {
    self.data = data
    self.options = options
    self.threads = threads
    self.kernels = kernels
    self.context = context
    bar = ProgressLine("reproduce", unit: nil, total: 1, output: context.errors, style: context.errorStyle)
    let total = data.entries.reduce(0) { sum, entry in
      let experiments = [experiment(entry, seed: options.start.seed)] + others(entry)
      return sum + experiments.reduce(0) { $0 + $1.work(on: entry.data.dataset) }
    }
    bar = ProgressLine(
      "reproduce", unit: nil, total: total, output: context.errors, style: context.errorStyle,
      isQuiet: options.progress.quiet)
  }

  /// Trains everything; what was done is kept if something fails.
  func perform() -> (done: [ReproductionSummary.Entry], failure: (any Error)?) {
    defer {
      bar.finish()
      // On a terminal a blank line sets the result apart.
      if hasLines, context.errorStyle.isTerminal { bar.log("") }
    }
    var entries: [ReproductionSummary.Entry] = []
    do {
      for entry in data.entries {
        entries.append(try reproduce(entry))
        if options.format.json, let last = entries.last {
          let json = last.reproduction.json(loadSeconds: entry.loaded.seconds, output: last.path)
          try context.output.line(json.text)
        }
      }
      return (entries, nil)
    } catch {
      return (entries, error)
    }
  }

  private func reproduce(_ entry: ReproductionData.Entry) throws -> ReproductionSummary.Entry {
    let training = SavedTraining(
      experiment: experiment(entry, seed: options.start.seed), data: entry.loaded,
      output: options.output)
    let (result, path) = try training.perform(if: { $0.outcome.ending == .completed }) { try train($0, entry) }
    try context.checkCancellation()
    guard let path else { throw CommandFailure(divergence: result) }
    let histories = try others(entry).map { other in
      let history = try train(try other.prepare(entry.data.dataset), entry).outcome.history
      try context.checkCancellation()
      return history
    }
    let isOneOfThem = Reproduction.spreadSeeds.contains(options.start.seed)
    let reproduction = Reproduction(
      entry.recipe, result, histories: histories + (isOneOfThem ? [result.outcome.history] : []))
    bar.log(ReproductionView.line(reproduction))
    hasLines = true
    return .init(reproduction: reproduction, path: path, data: entry.data)
  }

  private func train(
    _ prepared: Experiment.Prepared, _ entry: ReproductionData.Entry
  ) throws -> ExperimentResult {
    let experiment = prepared.experiment
    let work = experiment.work(on: entry.data.dataset)
    let start = done
    defer { done = start + work }
    let detail =
      experiment.seed == options.start.seed ? experiment.recipe : "\(experiment.recipe), seed \(experiment.seed)"
    return try prepared.run(dataHash: entry.data.hash) { event in
      if case .step(let epoch, let step, let steps, let epochs) = event {
        let share = (Double(epoch - 1) + Double(step) / Double(steps)) / Double(epochs)
        bar.update(start + Int(share * Double(work)), detail: detail)
      }
      return context.cancellation.isRequested ? .stop : .proceed
    }
  }

  private func experiment(_ entry: ReproductionData.Entry, seed: UInt64) -> Experiment {
    Experiment(recipe: entry.recipe.name, setup: entry.recipe.setup, seed: seed, threads: threads, kernels: kernels)
  }

  /// The trainings that show how far seeds lie apart, as long as the published progress; none where none is published.
  private func others(_ entry: ReproductionData.Entry) -> [Experiment] {
    guard let last = entry.recipe.published.progress.last else { return [] }
    return Reproduction.spreadSeeds.filter { $0 != options.start.seed }.map { seed in
      var other = experiment(entry, seed: seed)
      other.setup.training.epochs = last.iteration + 1
      return other
    }
  }
}
