import Numeral
import NumeralWorkbench
import NumeralModels

/// A comparison in the terminal: the verdict, the figures it rests on, and the images that only one model reads right.
struct ComparisonView {
  let comparison: Comparison
  let style: TerminalStyle

  /// Rows of images that are drawn for each direction.
  private static let imageRows = 2
  /// Rows of a list, where nothing is drawn.
  private static let listRows = 10

  private var paired: PairedComparison { comparison.paired }
  private var classNames: [String] { comparison.first.model.classNames }

  /// All lines.
  func lines() -> [String] {
    let part = comparison.part.name == .all ? "all images" : "the \(comparison.part.name.rawValue) part"
    var lines = [comparison.first, comparison.second].flatMap { side in
      [style.paint("\(side.letter)  \(side.run.path)", .bold), "   \(side.title)"]
    }
    lines += ["", "on \(part) of \(comparison.dataset), \(Quantity.grouped(paired.count)) images", ""]
    lines += scores.lines(style)
    lines += [""] + counts.lines(style) + [""]
    lines += HelpText.wrap(comparison.sentence, hanging: 0).map { style.paint($0, .bold) }
    lines += ["McNemar's exact test: p \(Quantity.chance(paired.pValue))"]
    for note in comparison.notes { lines += HelpText.wrap("note: \(note)", hanging: 6) }
    lines += flipped("only B reads right", comparison.won)
    lines += flipped("only A reads right", comparison.lost)
    return lines
  }

  private var scores: Table {
    var table = Table([
      .left("model"), .right("accuracy"), .right("loss"), .right("errors"), .left("95 % interval"),
    ])
    for side in [comparison.first, comparison.second] {
      let evaluation = side.reading.evaluation
      table.add([
        side.letter, Quantity.percent(evaluation.accuracy ?? .nan, digits: 2),
        Quantity.fixed(evaluation.loss ?? .nan, digits: 4), Quantity.grouped(evaluation.errors),
        evaluation.interval.map { "\(points($0.low)) to \(points($0.high)) %" } ?? "–",
      ])
    }
    let (first, second) = (comparison.first.reading.evaluation, comparison.second.reading.evaluation)
    table.add([
      "B - A", paired.difference.map { "\(signed($0 * 100, digits: 2)) %" } ?? "–",
      signed((second.loss ?? .nan) - (first.loss ?? .nan), digits: 4), signedCount(second.errors - first.errors),
      paired.interval.map { "\(signed($0.low * 100, digits: 2)) to \(signed($0.high * 100, digits: 2)) %" } ?? "–",
    ])
    return table
  }

  private var counts: Table {
    var table = Table([.left("images"), .right("B right"), .right("B wrong")])
    table.add(["A right", Quantity.grouped(paired.bothRight), Quantity.grouped(paired.onlyFirstRight)])
    table.add(["A wrong", Quantity.grouped(paired.onlySecondRight), Quantity.grouped(paired.bothWrong)])
    return table
  }

  // MARK: Images that only one model reads right

  private func flipped(_ title: String, _ places: [Int]) -> [String] {
    if places.isEmpty { return [] }
    let images = comparison.part.images
    let head = "\(Quantity.grouped(places.count)) image\(places.count == 1 ? "" : "s") that \(title)"
    let draws = style.isTerminal
    let columns = TerminalImageGrid.columns(ofWidth: TerminalImage(images, at: places[0]).cellWidth, style)
    let shown = places.prefix(draws ? ComparisonView.imageRows * columns : ComparisonView.listRows)
    let more = places.count - shown.count
    let body = draws ? drawings(shown) : list(shown)
    let rest = more > 0 ? (draws ? [""] : []) + ["and \(Quantity.grouped(more)) more; --json lists them all"] : []
    return ["", style.paint(head, .bold)] + body + rest
  }

  private func drawings(_ places: ArraySlice<Int>) -> [String] {
    let images = comparison.part.images
    let entries = places.map { place in
      TerminalImageGrid.Entry(
        image: TerminalImage(images, at: place),
        caption: ["#\(place) is \(classNames[Int(images.labels[place])])"]
          + [comparison.first, comparison.second].map { "\($0.letter) reads \(answer($0, place))" })
    }
    return TerminalImageGrid(entries).lines(style)
  }

  private func list(_ places: ArraySlice<Int>) -> [String] {
    var table = Table([.right("image"), .left("is"), .left("A reads"), .left("B reads")])
    for place in places {
      table.add([
        "#\(place)", classNames[Int(comparison.part.images.labels[place])], answer(comparison.first, place),
        answer(comparison.second, place),
      ])
    }
    return table.lines(style)
  }

  /// `4, 98 %`: short enough to stand below an image.
  private func answer(_ side: Comparison.Side, _ place: Int) -> String {
    let predictions = side.reading.predictions
    let confidence = Quantity.percent(Double(predictions.confidence(at: place)), digits: 0)
    return "\(classNames[predictions.classes[place]]), \(confidence)"
  }

  private func points(_ share: Double) -> String { Quantity.fixed(share * 100, digits: 2) }

  private func signed(_ value: Double, digits: Int) -> String {
    (value > 0 ? "+" : "") + Quantity.fixed(value, digits: digits)
  }

  private func signedCount(_ value: Int) -> String { (value > 0 ? "+" : "") + Quantity.grouped(value) }
}
