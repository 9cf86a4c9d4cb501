import Numeral
import NumeralWorkbench

/// What `numeral reproduce` prints at the end.
struct ReproductionReport {
  let entries: [ReproduceRun.Entry]
  let missing: [ReproductionData.Missing]
  let seed: UInt64
  let threads: Int
  let kernels: String
  /// How long all of it took.
  let seconds: Double

  private var reproductions: [Reproduction] { entries.map(\.reproduction) }

  /// The line that says that a recipe is done: `tiny  84.36 % train, 84.65 % test  5.31 s`.
  static func progress(_ reproduction: Reproduction) -> String {
    let accuracies = reproduction.rows.map { "\(percent($0.measured.accuracy)) \($0.part.rawValue)" }
    return "\(reproduction.recipe.name.padded(to: nameWidth))  \(accuracies.joined(separator: ", "))"
  }

  /// All lines.
  func lines(_ style: TerminalStyle) -> [String] {
    let place = "seed \(seed), \(threads) thread\(threads == 1 ? "" : "s") (\(kernels))"
    var lines = [style.paint("Published and measured accuracy, \(place)", .bold), ""]
    lines += figures.lines(style)
    lines += [""] + HelpText.wrap(verdict, hanging: 0).map { style.paint($0, .bold) }
    lines += reproductions.flatMap { notes($0.recipe) }
    lines += HelpText.wrap(
      "Time is that of training alone; none is published. All took \(Quantity.duration(seconds)).", hanging: 0)
    for reproduction in reproductions where !reproduction.progress.isEmpty {
      lines += ["", style.paint("\(reproduction.recipe.name): accuracy on the training images", .bold), ""]
      lines += progress(reproduction).lines(style)
      lines += [""]
      lines += HelpText.wrap(
        "Each seed starts from other weights and takes its own way; the published column is one such way, not a goal.",
        hanging: 0)
    }
    for missing in missing {
      lines += [""]
      lines += HelpText.wrap(
        "not trained: \(missing.recipes.map(\.name).joined(separator: ", ")): \(missing.reason)", hanging: 2)
    }
    lines += [""] + entries.enumerated().map { ($0 == 0 ? "saved    " : "         ") + $1.path }
    if let first = entries.first { lines += ["next     numeral evaluate \(first.path)"] }
    return lines
  }

  /// The `summary` event.
  var summary: JSONValue {
    let checked = reproductions.compactMap(\.isMet)
    return .object([
      ("event", "summary"), ("seed", JSONValue(seed)),
      ("trained", .array(reproductions.map { .string($0.recipe.name) })),
      (
        "missing",
        .array(
          missing.flatMap { missing in
            missing.recipes.map { recipe in
              ["recipe": .string(recipe.name), "data": .string(missing.source), "message": .string(missing.reason)]
            }
          })
      ),
      ("met", checked.isEmpty ? nil : .bool(checked.allSatisfy { $0 })), ("seconds", .number(seconds)),
    ])
  }

  /// What of a recipe is ours, and what else there is to know of its figures.
  private func notes(_ recipe: Recipe) -> [String] {
    let unstated = recipe.published.unstated.map { "not stated, and therefore ours: \($0)." }
    let sentences = [unstated, recipe.published.remark].compactMap { $0 }
    if sentences.isEmpty { return [] }
    let width = Self.nameWidth + 2
    var lines = HelpText.wrap(sentences.joined(separator: " "), indentation: width, hanging: width)
    lines[0] = recipe.name.padded(to: width) + lines[0].dropFirst(width)
    return lines
  }

  private static let nameWidth = KnownNames.recipes.map(\.count).max() ?? 0

  private var figures: Table {
    var table = Table([
      .left("recipe"), .left("part"), .left("published"), .right("measured"), .left("95 % interval"), .left("met"),
      .right("time"),
    ])
    for reproduction in reproductions {
      for (place, row) in reproduction.rows.enumerated() {
        let met = row.isMet.map { $0 ? "yes" : "NO" } ?? Quantity.undefined
        table.add(
          [
            place == 0 ? reproduction.recipe.name : "", row.part.rawValue,
            row.published?.text ?? PublishedFigure.none, Self.percent(row.measured.accuracy),
            Self.interval(row.measured), met,
            place == 0 ? Quantity.duration(reproduction.result.trainSeconds) : "",
          ])
      }
    }
    return table
  }

  private func progress(_ reproduction: Reproduction) -> Table {
    let seeds = Reproduction.spreadSeeds
    var table = Table([
      .right("iteration"), .right("published"), .right("seed \(seed)"),
      .left("seeds \(seeds.lowerBound) to \(seeds.upperBound)"),
    ])
    for row in reproduction.progress {
      let range = row.range.map { range in
        "\(Quantity.fixed(range.lowerBound * 100, digits: 2).padded(to: 5, alignment: .right)) to "
          + Self.percent(range.upperBound).padded(to: 7, alignment: .right)
      }
      table.add([
        String(row.published.iteration), Self.percent(row.published.accuracy), Self.percent(row.accuracy),
        range ?? Quantity.undefined,
      ])
    }
    return table
  }

  /// Whether what was published is reached, in one sentence.
  private var verdict: String {
    let checked = reproductions.filter { $0.isMet != nil }
    let failed = checked.filter { $0.isMet == false }.map(\.recipe.name)
    if checked.isEmpty { return "Nothing was published to compare with." }
    if failed.isEmpty {
      return checked.count == 1
        ? "The published figure is met." : "All published figures of \(checked.count) recipes are met."
    }
    return "Published figures that are not met: \(failed.joined(separator: ", "))."
  }

  private static func percent(_ share: Double?) -> String { Quantity.percent(share ?? .nan, digits: 2) }

  private static func interval(_ evaluation: Evaluation) -> String {
    guard let interval = evaluation.interval else { return Quantity.undefined }
    return "\(Quantity.fixed(interval.low * 100, digits: 2)) to \(Quantity.fixed(interval.high * 100, digits: 2)) %"
  }
}
