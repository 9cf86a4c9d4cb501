import Numeral
import NumeralWorkbench
import NumeralModels

/// Several trainings that differ in their seed alone: a row for each, then mean, spread and interval.
struct SeedSummary {
  let runs: [(result: ExperimentResult, path: String?)]

  private typealias Part = (name: String, evaluation: @Sendable (ExperimentResult) -> EvaluationSummary?)

  /// The parts that a training may have, the one that says most about new images last.
  private static let parts: [Part] = [
    ("train", { $0.train }), ("validation", { $0.validation }), ("test", { $0.test }),
  ]

  /// Mean and spread of a part's accuracies; nil where there is no such part.
  private func mean(_ part: Part) -> SampleMean? {
    SampleMean(runs.compactMap { part.evaluation($0.result)?.accuracy })
  }

  func write(_ context: CommandContext, json: Bool) throws {
    if json {
      try context.output.line(self.json.text)
      return
    }
    let style = context.outputStyle
    try context.output.line()
    for line in table.lines(style) { try context.output.line(line) }
    guard let part = SeedSummary.parts.last(where: { mean($0) != nil }), let mean = mean(part) else { return }
    var line = "\(mean.count) seed\(mean.count == 1 ? "" : "s"): "
    line += "\(part.name) accuracy \(Quantity.percent(mean.mean, digits: 2))"
    if let deviation = mean.standardDeviation { line += " ± \(points(deviation)) (mean ± standard deviation)" }
    try context.output.line()
    try context.output.line(style.paint(line, .bold))
    guard let interval = mean.interval else { return }
    try context.output.line(
      "The mean over all seeds lies between \(percent(interval.low)) and \(percent(interval.high)) with 95 % "
        + "confidence."
    )
  }

  private var table: Table {
    let parts = SeedSummary.parts.filter { mean($0) != nil }
    var table = Table(
      [.right("seed")] + parts.map { .right($0.name) } + [.right("errors")]
        + (runs.contains { $0.path != nil } ? [.left("run")] : []))
    for (result, path) in runs {
      let accuracies = parts.map { part in
        part.evaluation(result)?.accuracy.map { Quantity.percent($0, digits: 2) } ?? "–"
      }
      let errors = parts.last?.evaluation(result).map { Quantity.grouped($0.errors) } ?? "–"
      table.add([String(result.experiment.seed)] + accuracies + [errors, path ?? ""])
    }
    table.addGap()
    table.add(["mean"] + parts.map { mean($0).map { Quantity.percent($0.mean, digits: 2) } ?? "–" })
    if runs.count > 1 {
      table.add(["± sd"] + parts.map { mean($0)?.standardDeviation.map { points($0) + "  " } ?? "–" })
    }
    return table
  }

  private var json: JSONValue {
    let test = mean(SeedSummary.parts[2])
    return .object([
      ("event", "summary"), ("seeds", .array(runs.map { JSONValue($0.result.experiment.seed) })),
      (
        "testAccuracy",
        .object([
          ("mean", JSONValue(test?.mean)), ("sd", JSONValue(test?.standardDeviation)),
          ("interval", test?.interval.map { .numbers([$0.low, $0.high]) } ?? nil),
        ])
      ),
    ])
  }

  /// Percentage points with two decimals, as accuracies have.
  private func points(_ share: Double) -> String { Quantity.fixed(share * 100, digits: 2) }

  /// An end of an interval: no accuracy lies below 0 or above 1.
  private func percent(_ share: Double) -> String { "\(points(min(max(share, 0), 1))) %" }
}
