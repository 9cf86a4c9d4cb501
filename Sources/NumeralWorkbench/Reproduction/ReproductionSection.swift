import Numeral
import NumeralPlots
import NumeralModels

/// The section of a system on the page: what it is, its figures, and every plot that its authors show.
struct ReproductionSection {
  private let entry: ReproductionSummary.Entry
  private let run: SavedRun

  private var reproduction: Reproduction { entry.reproduction }
  private var recipe: Recipe { reproduction.recipe }

  init(_ entry: ReproductionSummary.Entry) throws(ModelError) {
    self.entry = entry
    run = try SavedRun(path: entry.path)
  }

  /// What is below the heading.
  func content() throws -> [HTML] {
    [HTML.paragraph(recipe.summary + "."), facts] + (try exhibits())
  }

  private var facts: HTML {
    let network = reproduction.result.model.network
    var facts: [(name: String, value: HTML)] = [
      ("Network", HTML("\(network.sizes), \(Quantity.grouped(network.parameterCount)) parameters")),
      ("Published", HTML(recipe.published.summary)),
      ("Its authors show", HTML(recipe.published.shows)),
    ]
    facts += reproduction.notes.isEmpty ? [] : [("Remarks", HTML(reproduction.notes.joined(separator: " ")))]
    facts.append(("Run", HTML.code(entry.path)))
    return HTML.facts(facts)
  }

  /// The plots that the authors of the system show, drawn from our training.
  private func exhibits() throws -> [HTML] {
    let test = try figures(.test)
    func curves() throws -> [String] { try [test.svg(.loss), test.svg(.accuracy)] }
    switch recipe.name {
    case "two-hidden":
      return [
        HTML.plots(try curves() + [test.svg(.confusion), test.svg(.classes)]), classes(of: try test.reading()),
        HTML.plots([try test.svg(.predictions), try test.svg(.worst)]),
      ]
    case "tiny":
      return [
        HTML(.h3) { "During training" }, progressTable.html, HTML.paragraph(Reproduction.progressNote),
        HTML.plots([progressChart.svg(), try test.svg(.predictions)]),
      ]
    case "sigmoid":
      return try outcomes(of: try figures(.train)) + outcomes(of: test)
    case "digits":
      return [HTML.plots(try curves() + [test.svg(.confusion), test.svg(.predictions)])]
    default:
      return [HTML.plots(try curves() + [test.svg(.confusion), test.svg(.predictions)])]
    }
  }

  private func figures(_ part: PartName) throws(PartError) -> RunFigures {
    let experiment = reproduction.result.experiment
    let reading = try RunPart(part, of: run.provenance, in: entry.data)
      .read(by: reproduction.result.model, threads: experiment.threads, kernels: experiment.kernels)
    return RunFigures(of: run, reading: reading, threads: experiment.threads, kernels: experiment.kernels)
  }

  private func classes(of reading: PartReading) -> HTML {
    PageTable(
      classesOf: reading.evaluation, names: reproduction.result.model.classNames,
      caption: "Each class against the rest, \(reading.part.name.rawValue) part"
    ).html
  }

  /// Confusion matrix, ROC curves with their areas, and for each class examples of the four outcomes.
  private func outcomes(of figures: RunFigures) throws -> [HTML] {
    let reading = try figures.reading()
    let part = reading.part.name.rawValue
    let names = reproduction.result.model.classNames
    let count = Quantity.count(reading.evaluation.count, "image")
    var parts = [
      HTML(.h3) { "The \(part) part, \(count)" },
      HTML.plots([try figures.svg(.confusion), try figures.svg(.roc)]), classes(of: reading),
      HTML(.h4) { "Right and wrong examples: true and false positives and negatives of each class" },
    ]
    // Only the class with the lowest F1 is open at first.
    let scores = reading.evaluation.classes.map { $0.f1 ?? .infinity }
    let weakest = scores.indices.min { scores[$0] < scores[$1] }
    for (place, name) in names.enumerated() {
      let svg = try figures.svg(.outcomes, FigureOptions(className: name, count: 8))
      parts.append(HTML.details("Class \(name), \(part) part", isOpen: place == weakest) { HTML.plots([svg]) })
    }
    return parts
  }

  // MARK: Progress

  private var seedName: String { "seed \(reproduction.result.experiment.seed)" }

  private var progressTable: PageTable {
    let seeds = Reproduction.spreadSeeds
    var table = PageTable(
      "Accuracy on the training images",
      columns: [
        (.right, "iteration"), (.right, "published"), (.right, seedName),
        (.right, "seeds \(seeds.lowerBound) to \(seeds.upperBound)"),
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

  private var progressChart: LineChart {
    let rows = reproduction.progress
    let history = reproduction.result.outcome.history
    return LineChart(
      title: "Accuracy on the training images by iteration",
      subtitle: "before the update of each iteration", xTitle: "iteration", yTitle: "accuracy (%)",
      series: [
        LineChart.Series(
          "published", x: rows.map { Double($0.published.iteration) }, y: rows.map(\.published.accuracy)),
        LineChart.Series(seedName, x: history.indices.map { Double($0) }, y: history.map(\.trainAccuracy)),
      ], yStyle: .percent)
  }
}

extension RunFigures {
  fileprivate func svg(_ kind: FigureKind, _ options: FigureOptions = FigureOptions()) throws(FigureError) -> String {
    try figure(kind, options).svg()
  }
}

extension ProgressRow {
  /// The lowest and the highest accuracy of several seeds: `39.16 to 49.01 %`.
  public var rangeText: String {
    guard let range else { return Quantity.undefined }
    return "\(Quantity.fixed(range.lowerBound * 100, digits: 2)) to \(Quantity.percent(range.upperBound, digits: 2))"
  }
}
