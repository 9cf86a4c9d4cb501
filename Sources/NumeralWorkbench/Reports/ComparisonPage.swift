import Numeral
import NumeralPlots
import NumeralModels

/// A comparison as a page: the verdict, the figures of both models side by side, and the images that only one model
/// reads right.
struct ComparisonPage {
  let comparison: Comparison

  /// The most images that are shown for each direction.
  private static let mostFlipped = 300

  private var sides: [Comparison.Side] { [comparison.first, comparison.second] }
  private var paired: PairedComparison { comparison.paired }
  private var classNames: [String] { comparison.first.model.classNames }

  var page: Page {
    let part = comparison.part.name == .all ? "all images" : "the \(comparison.part.name.rawValue) part"
    var page = Page(
      title: "Two models on \(comparison.dataset)",
      lead: [.paragraph("Compared on \(part), \(Quantity.count(paired.count, "image")).")]
        + sides.map { .paragraph("\($0.letter) is \(RunProvenance.name(of: $0.run)): \($0.title)") })
    page.add("summary", "Summary") { summary }
    page.add("b-right", "Only B is right") { flipped(comparison.won) }
    page.add("a-right", "Only A is right") { flipped(comparison.lost) }
    page.add("classes", "Classes") {
      classes
      plots(.confusion)
    }
    page.add("figures", "Curves") { plots(.loss, .accuracy, .roc, .reliability) }
    for side in sides { page.add("provenance-\(side.letter)", "Provenance of \(side.letter)") { provenance(of: side) } }
    return page
  }

  // MARK: The verdict

  @HTMLBuilder private var summary: [HTML] {
    if !comparison.notes.isEmpty { HTML.notice("What a reader should know", comparison.notes) }
    HTML(.p) { HTML(.strong) { comparison.sentence } }
    HTML.headlines(
      sides.map {
        ("Accuracy of \($0.letter)", Quantity.percent($0.reading.evaluation.accuracy, digits: 2), interval($0))
      } + [
        (
          "B minus A", signed(paired.difference.map { $0 * 100 }, digits: 2, unit: " %"),
          paired.interval.map {
            "95 % interval \(signed($0.low * 100, digits: 2)) to \(signed($0.high * 100, digits: 2)) %"
          }
        ), ("McNemar's exact test", "p \(Quantity.chance(paired.pValue))", "the chance of a difference this large"),
      ])
    scores
    counts
    HTML.paragraph(
      "The interval of the difference is Newcombe's for paired shares (1998, method 10). McNemar's test looks at the "
        + "images that only one of the two reads right: between equally good models each would be right on half of "
        + "them.")
  }

  private func interval(_ side: Comparison.Side) -> String {
    "95 % interval \(Quantity.interval(side.reading.evaluation.interval))"
  }

  private var scores: HTML {
    var table = PageTable(
      "The figures of both",
      columns: [
        (.left, "model"), (.right, "accuracy"), (.right, "95 % interval"), (.right, "errors"), (.right, "loss"),
        (.right, "macro F1"), (.right, "calibration error"),
      ])
    for side in sides {
      let evaluation = side.reading.evaluation
      table.add([
        side.letter, Quantity.percent(evaluation.accuracy, digits: 2), Quantity.interval(evaluation.interval),
        Quantity.grouped(evaluation.errors), Quantity.fixed(evaluation.loss, digits: 4),
        Quantity.fixed(evaluation.macro.f1, digits: 4), Quantity.fixed(evaluation.calibration?.error, digits: 4),
      ])
    }
    return table.html
  }

  private var counts: HTML {
    var table = PageTable(
      "Images by the models that read them right", columns: [(.left, ""), (.right, "B right"), (.right, "B wrong")])
    table.add(["A right", Quantity.grouped(paired.bothRight), Quantity.grouped(paired.onlyFirstRight)])
    table.add(["A wrong", Quantity.grouped(paired.onlySecondRight), Quantity.grouped(paired.bothWrong)])
    return table.html
  }

  // MARK: Class by class

  private var classes: HTML {
    var table = PageTable(
      "F1 and recall of each class",
      columns: [
        (.left, "class"), (.right, "F1 of A"), (.right, "F1 of B"), (.right, "B minus A"), (.right, "recall of A"),
        (.right, "recall of B"), (.right, "B minus A"), (.right, "images"),
      ])
    let (first, second) = (comparison.first.reading.evaluation.classes, comparison.second.reading.evaluation.classes)
    for (name, (a, b)) in zip(classNames, zip(first, second)) {
      table.add([
        name, Quantity.fixed(a.f1, digits: 4), Quantity.fixed(b.f1, digits: 4), difference(a.f1, b.f1),
        Quantity.fixed(a.recall, digits: 4), Quantity.fixed(b.recall, digits: 4), difference(a.recall, b.recall),
        Quantity.grouped(a.support),
      ])
    }
    return table.html
  }

  private func difference(_ a: Double?, _ b: Double?) -> String {
    guard let a, let b else { return Quantity.undefined }
    return signed(b - a, digits: 4)
  }

  private func signed(_ value: Double?, digits: Int, unit: String = "") -> String {
    guard let value else { return Quantity.undefined }
    return (value > 0 ? "+" : "") + Quantity.fixed(value, digits: digits) + unit
  }

  // MARK: Images and plots

  @HTMLBuilder private func flipped(_ places: [Int]) -> [HTML] {
    let shown = places.prefix(Self.mostFlipped)
    let rest = places.count - shown.count
    if places.isEmpty {
      HTML.paragraph("None.")
    } else {
      HTML.paragraph(
        Quantity.count(places.count, "image") + (rest > 0 ? ", the first \(shown.count) of them" : "")
          + ". Below each image: its label, what A and B read, with confidence, and its place in the part.")
      ImageList(shown.map { entry($0) }).html
    }
  }

  private func entry(_ place: Int) -> ImageList.Entry {
    let truth = classNames[Int(comparison.part.images.labels[place])]
    let answers = sides.map { side in
      let predictions = side.reading.predictions
      let confidence = Quantity.percent(Double(predictions.confidence(at: place)), digits: 0)
      return "\(side.letter): \(classNames[predictions.classes[place]]), \(confidence)"
    }
    return ImageList.Entry(
      GrayImage(of: comparison.part.images, at: place), words: ([truth] + answers).joined(separator: "; "),
      lines: ["is \(truth)"] + answers + ["#\(place)"])
  }

  /// Each kind for both models, side by side.
  private func plots(_ kinds: FigureKind...) -> HTML {
    let figures = sides.map { RunFigures(of: $0.run, reading: $0.reading) }
    return HTML(.div, .class("plots")) {
      for kind in kinds {
        for (side, figures) in zip(sides, figures) {
          if let figure = try? figures.figure(kind) {
            HTML(.figure) {
              HTML(.figcaption) { side.letter }
              HTML(svg: figure.svg())
            }
          }
        }
      }
    }
  }

  private func provenance(of side: Comparison.Side) -> [HTML] {
    (side.run.problems.isEmpty ? [] : [.notice("Missing or damaged", side.run.problems)])
      + RunProvenance.html(of: side.run)
  }
}

extension Comparison {
  /// The comparison as a page that stands alone.
  public var page: Page { ComparisonPage(comparison: self).page }
}
