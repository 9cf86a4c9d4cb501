import Numeral
import NumeralModels

/// The images behind the confusion matrix: the worst mistakes, and every cell with its images.
struct MistakeSections {
  /// The most mistakes that are shown of all cells together, so that a page stays below three megabytes.
  static let mostMistakes = 1000
  /// How many images that were read right are shown of each class.
  static let rightPerClass = 10
  /// How many of the worst mistakes are shown.
  static let worstCount = 24
  /// The rows of the table of the most frequent mistakes.
  static let frequentCount = 12

  private let captions: ImageCaptions
  /// `[classes, classes]`: the places of the images in each cell, most confident first; on the diagonal, least
  /// confident first.
  private let places: [[[Int]]]
  /// The most images that are shown of one cell.
  private let mostInCell: Int

  init(reading: PartReading, classNames: [String]) {
    captions = ImageCaptions(reading: reading, classNames: classNames)
    let choice = captions.choice
    let classCount = reading.predictions.classCount
    var places = [[[Int]]](repeating: [[Int]](repeating: [], count: classCount), count: classCount)
    for (place, label) in reading.part.images.labels.enumerated() {
      places[Int(label)][reading.predictions.classes[place]].append(place)
    }
    for row in places.indices {
      for column in places[row].indices {
        let sign: Float = row == column ? 1 : -1
        places[row][column].sort { (sign * choice.confidence($0), $0) < (sign * choice.confidence($1), $1) }
      }
    }
    self.places = places
    let counts = places.indices.flatMap { row in places.indices.filter { $0 != row }.map { places[row][$0].count } }
    mostInCell = Self.share(of: counts, most: Self.mostMistakes)
  }

  /// The largest number of images for each cell with which all cells together show at most `most`.
  static func share(of counts: [Int], most: Int) -> Int {
    let largest = counts.max() ?? 0
    func total(_ share: Int) -> Int { counts.reduce(0) { $0 + min($1, share) } }
    var (fits, fails) = (0, largest + 1)
    if total(largest) <= most { return largest }
    while fails - fits > 1 {
      let middle = (fits + fails) / 2
      if total(middle) <= most { fits = middle } else { fails = middle }
    }
    return fits
  }

  private var errors: Int { captions.reading.evaluation.errors }

  /// The id of a cell for links.
  func id(_ row: Int, _ column: Int) -> String { "cell-\(row)-\(column)" }

  /// The most confident mistakes.
  @HTMLBuilder var worst: [HTML] {
    if errors == 0 {
      HTML.paragraph("There are no mistakes: every image was read right.")
    } else {
      let places = captions.choice.places(.worst, label: nil).prefix(Self.worstCount)
      HTML.paragraph(
        (errors > places.count
          ? "The \(places.count) most confident of \(Quantity.count(errors, "mistake"))."
          : "All \(Quantity.count(errors, "mistake")), the most confident first.")
          + " Below each image: its label and what was read, the confidence, the runner-up, and its place in the part.")
      captions.list(places, .full)
    }
  }

  /// A table of the cells with the most mistakes, with links to them; nil if there is no mistake.
  var frequent: HTML? {
    var cells: [(row: Int, column: Int, count: Int)] = []
    for row in places.indices {
      for column in order(of: row) where column != row { cells.append((row, column, places[row][column].count)) }
    }
    if cells.isEmpty { return nil }
    cells.sort { (-$0.count, $0.row, $0.column) < (-$1.count, $1.row, $1.column) }
    var table = PageTable(
      "The most frequent mistakes",
      columns: [(.left, "mistake"), (.right, "images"), (.right, "of the class"), (.right, "of all mistakes")])
    for (row, column, count) in cells.prefix(Self.frequentCount) {
      let support = places[row].reduce(0) { $0 + $1.count }
      let words = "\(captions.classNames[row]) taken for \(captions.classNames[column])"
      let shares = [Double(count) / Double(support), Double(count) / Double(errors)]
      table.add(
        [PageTable.Cell(HTML(.a, .link(to: id(row, column))) { words }), PageTable.Cell(Quantity.grouped(count))]
          + shares.map { PageTable.Cell(Quantity.percent($0)) })
    }
    return table.html
  }

  /// Every cell with its images, class by class.
  @HTMLBuilder var cells: [HTML] {
    HTML.paragraph(introduction)
    for row in places.indices where places[row].contains(where: { !$0.isEmpty }) {
      let count = places[row].reduce(0) { $0 + $1.count }
      let wrong = count - places[row][row].count
      let name = captions.classNames[row]
      let summary = "\(name): \(Quantity.grouped(wrong)) of \(Quantity.count(count, "image")) taken for another class"
      HTML.details(summary, isOpen: true) {
        HTML(.div, .class("cells")) {
          for column in order(of: row) { cell(row, column) }
        }
        HTML(.p, .class("back")) { HTML(.a, .link(to: "confusion")) { "Back to the matrix" } }
      }
    }
  }

  private var introduction: String {
    let shown = places.indices.reduce(0) { sum, row in
      sum + places.indices.filter { $0 != row }.reduce(0) { $0 + min(mostInCell, places[row][$1].count) }
    }
    let start =
      shown == errors
      ? "All \(Quantity.count(errors, "mistake"))"
      : "\(Quantity.grouped(shown)) of \(Quantity.count(errors, "mistake")), at most \(mostInCell) of a cell"
    return start
      + ", the most confident first, and of each class the \(Self.rightPerClass) images that were read right with the "
      + "least confidence. Below each image: confidence, runner-up, place in the part."
  }

  /// The cells of a row: the most frequent mistake first, the images that were read right last.
  private func order(of row: Int) -> [Int] {
    let wrong = places.indices.filter { $0 != row && !places[row][$0].isEmpty }
      .sorted { (-places[row][$0].count, $0) < (-places[row][$1].count, $1) }
    return wrong + (places[row][row].isEmpty ? [] : [row])
  }

  private func cell(_ row: Int, _ column: Int) -> HTML {
    let all = places[row][column]
    let shown = all.prefix(row == column ? Self.rightPerClass : mostInCell)
    let (truth, read) = (captions.classNames[row], captions.classNames[column])
    let left = all.count - shown.count
    let title = row == column ? "\(truth) read right" : "\(truth) taken for \(read)"
    let count = left == 0 ? Quantity.grouped(all.count) : "\(shown.count) of \(Quantity.grouped(all.count))"
    return HTML(.section, .id(id(row, column)), .label(title)) {
      HTML(.h3) {
        title + ": " + count
      }
      captions.list(shown, .cell)
    }
  }
}
