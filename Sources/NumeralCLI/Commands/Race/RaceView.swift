import Numeral
import NumeralWorkbench
import NumeralModels

/// A race in the terminal: a row for each seed, their spread, and whether the target is reached.
struct RaceView {
  let race: Race
  let loadSeconds: Double
  let style: TerminalStyle

  /// All lines.
  func lines() -> [String] {
    [style.paint(title, .bold), setting, ""] + table.lines(style) + ["", style.paint(verdict, .bold), timing]
  }

  private var title: String {
    let network = race.heats[0].result.model.network
    return "recipe \(experiment.recipe), data \(race.heats[0].result.datasetName): \(network.sizes), "
      + Quantity.count(network.parameterCount, "parameter")
  }

  private var experiment: Experiment { race.heats[0].result.experiment }

  private var setting: String {
    "\(Quantity.count(experiment.threads, "thread")) (\(experiment.kernels.name)), data loaded in "
      + Quantity.duration(loadSeconds)
  }

  private var table: Table {
    var table = Table([
      .right("seed"), .right("seconds"), .right("epochs"), .right("validation"), .right("test"), .right("errors"),
      .left("target"),
    ])
    for heat in race.heats {
      let result = heat.result
      let isDiverged = result.outcome.ending == .diverged
      table.add([
        String(result.experiment.seed), seconds(heat.seconds), String(result.outcome.history.count),
        Quantity.percent(result.validation?.accuracy, digits: 2), Quantity.percent(heat.accuracy, digits: 2),
        Quantity.grouped(result.test?.errors),
        isDiverged ? "diverged" : heat.reaches(race.target) ? "reached" : "not reached",
      ])
    }
    table.addGap()
    for (name, value) in RaceView.quartiles {
      table.add([
        name, seconds(race.seconds.map(value)), Quantity.fixed(race.epochs.map(value), digits: 1), "",
        Quantity.percent(race.accuracy.map(value), digits: 2),
      ])
    }
    table.add(["mean", "", "", "", Quantity.percent(race.meanAccuracy, digits: 2)])
    return table
  }

  private static let quartiles: [(name: String, value: @Sendable (Quartiles) -> Double)] = [
    ("least", { $0.least }), ("lower quartile", { $0.lower }), ("median", { $0.median }),
    ("upper quartile", { $0.upper }), ("most", { $0.most }),
  ]

  private func seconds(_ value: Double?) -> String { Quantity.fixed(value, digits: 2) }

  private var verdict: String {
    let target = "\(Quantity.fixed(race.target * 100, digits: 2)) %"
    let count = race.heats.count
    if race.reached == 0 { return "Not reached: no seed of \(count) reads \(target) or more of the test part right." }
    return "\(race.reached) of \(Quantity.count(count, "seed")) read \(target) or more of the test part right."
  }

  private var timing: String {
    guard let seconds = race.seconds else { return "" }
    let quartiles = "\(Quantity.duration(seconds.lower)) and \(Quantity.duration(seconds.upper))"
    return "Time: median \(Quantity.duration(seconds.median)), quartiles \(quartiles) (without loading)."
  }

  /// One line about one seed, while others run.
  static func line(_ heat: Race.Heat) -> String {
    "seed \(heat.result.experiment.seed)  \(Quantity.duration(heat.seconds))  "
      + "\(Quantity.count(heat.result.outcome.history.count, "epoch"))  test "
      + Quantity.percent(heat.accuracy, digits: 2)
  }
}
