import Numeral
import NumeralWorkbench
import NumeralModels

/// What `numeral reproduce` prints.
struct ReproductionView {
  let summary: ReproductionSummary
  let style: TerminalStyle

  private static let nameWidth = KnownNames.publishedRecipes.map(\.count).max() ?? 0

  private var reproductions: [Reproduction] { summary.entries.map(\.reproduction) }

  /// The line that says that a recipe is done: `tiny        84.36 % train, 84.65 % test`.
  static func line(_ reproduction: Reproduction) -> String {
    let accuracies = reproduction.rows.map {
      "\(Quantity.percent($0.measured.accuracy, digits: 2)) \($0.part.rawValue)"
    }
    return "\(reproduction.recipe.name.padded(to: nameWidth))  \(accuracies.joined(separator: ", "))"
  }

  /// All lines.
  func lines() -> [String] {
    var lines = [style.paint("Accuracy, published and measured: \(summary.setting)", .bold), ""]
    lines += figures.lines(style)
    lines += [""] + HelpText.wrap(summary.verdict).map { style.paint($0, .bold) }
    lines += HelpText.wrap(summary.timeNote)
    lines += summary.missing.flatMap { HelpText.wrap($0.sentence, hanging: 2) }
    let notes = reproductions.flatMap(notes)
    if !notes.isEmpty { lines += [""] + notes }
    for reproduction in reproductions where !reproduction.progress.isEmpty {
      lines += ["", style.paint("\(reproduction.recipe.name): accuracy on the training images", .bold)]
      lines += progress(reproduction).lines(style)
      lines += [""] + HelpText.wrap(Reproduction.progressNote)
    }
    return lines + [""]
      + summary.entries.enumerated().map { ($0 == 0 ? "saved    " : "         ") + $1.path }
  }

  private var figures: Table {
    var table = Table([
      .left("recipe"), .left("part"), .left("published"), .right("measured"), .left("95 % interval"), .left("met"),
      .right("time"),
    ])
    for reproduction in reproductions {
      for (place, row) in reproduction.rows.enumerated() {
        table.add([
          place == 0 ? reproduction.recipe.name : "", row.part.rawValue, row.published?.text ?? PublishedFigure.none,
          Quantity.percent(row.measured.accuracy, digits: 2), Quantity.interval(row.measured.interval), row.metText,
          place == 0 ? Quantity.duration(reproduction.result.trainSeconds) : "",
        ])
      }
    }
    return table
  }

  private func progress(_ reproduction: Reproduction) -> Table {
    let seeds = Reproduction.spreadSeeds
    var table = Table([
      .right("iteration"), .right("published"), .right("seed \(summary.seed)"),
      .right("seeds \(seeds.lowerBound) to \(seeds.upperBound)"),
    ])
    for row in reproduction.progress {
      table.add([
        String(row.published.iteration), Quantity.percent(row.published.accuracy, digits: 2),
        Quantity.percent(row.accuracy, digits: 2),
        row.rangeText,
      ])
    }
    return table
  }

  /// What else there is to know of a recipe, beside its name.
  private func notes(_ reproduction: Reproduction) -> [String] {
    let width = Self.nameWidth + 2
    var lines = HelpText.wrap(reproduction.notes.joined(separator: " "), indentation: width, hanging: width)
    if !lines.isEmpty { lines[0] = reproduction.recipe.name.padded(to: width) + lines[0].dropFirst(width) }
    return lines
  }
}
