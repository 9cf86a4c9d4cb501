import Numeral
import NumeralWorkbench

/// Mean and spread of the test accuracy over several seeds.
struct SeedSummary {
  let results: [ExperimentResult]

  /// Mean and sample standard deviation (division by n − 1) of a part's accuracies; nil where there are too few.
  private func spread(_ part: (ExperimentResult) -> Evaluation?) -> (mean: Double?, deviation: Double?) {
    let accuracies = results.compactMap { part($0)?.accuracy }
    if accuracies.isEmpty { return (nil, nil) }
    let mean = accuracies.reduce(0, +) / Double(accuracies.count)
    if accuracies.count == 1 { return (mean, nil) }
    let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(accuracies.count - 1)).squareRoot())
  }

  func write(_ context: CommandContext, json: Bool) throws {
    let test = spread(\.test)
    if json {
      try context.output.line(
        JSONValue.object([
          ("event", "summary"), ("seeds", .array(results.map { JSONValue($0.experiment.seed) })),
          ("testAccuracy", .object([("mean", JSONValue(test.mean)), ("sd", JSONValue(test.deviation))])),
        ]).text)
      return
    }
    // Without a test part the next best is shown, by its own name.
    let validation = spread(\.validation)
    let train = spread { $0.train }
    let (name, shown) =
      test.mean != nil ? ("test", test) : validation.mean != nil ? ("validation", validation) : ("train", train)
    var line = "\(results.count) seed\(results.count == 1 ? "" : "s"): "
    line += "\(name) accuracy \(Quantity.percent(shown.mean ?? .nan, digits: 2))"
    if let deviation = shown.deviation {
      line += " ± \(Quantity.fixed(deviation * 100, digits: 2)) (mean ± standard deviation)"
    }
    try context.output.line()
    try context.output.line(context.outputStyle.paint(line, .bold))
  }
}
