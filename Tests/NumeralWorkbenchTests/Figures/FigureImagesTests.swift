import Numeral
import NumeralData
import NumeralPlots
import NumeralTestSupport
import Testing

@testable import NumeralWorkbench
import NumeralModels

/// Which images are shown, and what stands below them.
@Suite struct FigureImagesTests {
  private let figures: RunFigures
  private let reading: PartReading

  init() throws {
    // One epoch leaves many mistakes.
    let place = try TemporaryFolder()
    let result = try SmallExperiment.result(SmallExperiment.setup(epochs: 1))
    for file in SavedRunTests.record(result).files { try place.write(file.bytes, to: "run/" + file.name) }
    let run = try SavedRun(path: place.path + "/run")
    let data = RunData(source: "strokes.csv", dataset: try SmallExperiment.dataset())
    reading = try run.reading(.all, in: data, threads: 1)
    figures = RunFigures(of: run, reading: reading, threads: 1)
  }

  private func grid(_ kind: FigureKind, _ options: FigureOptions = FigureOptions()) throws -> ImageGrid {
    guard case .images(let grid) = try figures.figure(kind, options) else {
      Issue.record("\(kind) is a grid of images")
      return ImageGrid(title: "", tiles: [])
    }
    return grid
  }

  /// The places of the images that a grid shows, as its tooltips say them.
  private func places(_ tiles: [ImageGrid.Tile]) -> [Int] {
    tiles.compactMap { Int(($0.tooltip ?? "").dropFirst("image ".count).prefix { $0.isNumber }) }
  }

  private func places(_ kind: FigureKind, _ options: FigureOptions = FigureOptions(count: 1000)) throws -> [Int] {
    places(try grid(kind, options).sections.flatMap(\.tiles))
  }

  private func isRight(_ place: Int) -> Bool {
    reading.predictions.classes[place] == Int(reading.part.images.labels[place])
  }

  @Test("Samples, predictions, right and wrong ones are the first of the part, in its order")
  func first() throws {
    let all = Array(0..<120)
    #expect(all.filter(isRight).count > 10 && all.filter { !isRight($0) }.count > 10)
    #expect(try places(.samples) == all && places(.predictions) == all)
    #expect(try places(.right) == all.filter(isRight) && places(.wrong) == all.filter { !isRight($0) })
    #expect(try places(.samples, FigureOptions()) == Array(0..<24))
    #expect(try places(.wrong, FigureOptions(count: 3)) == Array(all.filter { !isRight($0) }.prefix(3)))
    let name = reading.part.images.classNames[2]
    #expect(
      try places(.samples, FigureOptions(className: name, count: 1000))
        == all.filter { reading.part.images.labels[$0] == 2 })
  }

  @Test("The worst mistakes are ordered by falling confidence, each with the second class")
  func worst() throws {
    let shown = try places(.worst)
    let confidences = shown.map { reading.predictions.confidence(at: $0) }
    #expect(confidences == confidences.sorted(by: >))
    #expect(shown.sorted() == (0..<120).filter { !isRight($0) })
    let names = reading.part.images.classNames
    for (place, tile) in zip(shown, try grid(.worst, FigureOptions(count: 1000)).sections[0].tiles) {
      let order = (0..<3).sorted {
        reading.predictions.probabilities(at: place)[$0] > reading.predictions.probabilities(at: place)[$1]
      }
      #expect(tile.tone == .wrong && tile.captions.count == 3)
      #expect(tile.captions[0].hasPrefix(names[order[0]] + "  "))
      #expect(tile.captions[1] == "is \(names[Int(reading.part.images.labels[place])])")
      #expect(tile.captions[2].hasPrefix("then \(names[order[1]])  "))
    }
  }

  @Test("Outcomes of a class are four groups; the default is the class with the lowest F1")
  func outcomes() throws {
    let scores = reading.evaluation.classes[1]
    let name = reading.part.images.classNames[1]
    let sections = try grid(.outcomes, FigureOptions(className: name, count: 1000)).sections
    #expect(
      sections.map(\.tiles.count)
        == [scores.truePositives, scores.falsePositives, scores.falseNegatives, scores.trueNegatives])
    #expect(
      sections.map(\.title)
        == zip(sections, ["true positives", "false positives", "false negatives", "true negatives"])
        .map { "\($0.tiles.count) \($1)" })
    for (section, isOf, isTaken) in [(0, true, true), (1, false, true), (2, true, false), (3, false, false)] {
      for place in places(sections[section].tiles) {
        #expect((reading.part.images.labels[place] == 1) == isOf)
        #expect((reading.predictions.classes[place] == 1) == isTaken)
      }
    }
    let weakest = reading.evaluation.classes.enumerated().min { ($0.element.f1 ?? 2) < ($1.element.f1 ?? 2) }
    let standard = try grid(.outcomes).title
    #expect(standard == "Outcomes of class \(reading.part.images.classNames[weakest?.offset ?? -1])")
  }

  @Test("A right tile says what was read and how confidently")
  func captions() throws {
    let names = reading.part.images.classNames
    for (place, tile) in zip(try places(.right), try grid(.right, FigureOptions(count: 1000)).sections[0].tiles) {
      let confidence = RunFigures.percent(reading.predictions.confidence(at: place))
      #expect(tile.tone == .right && tile.captions == ["\(names[reading.predictions.classes[place]])  \(confidence)"])
    }
  }

  @Test(
    "What is not quite certain never reads 100 %, nor what is not quite impossible 0 %",
    arguments: [
      (Float(1), "100.0 %"), (0.99999, ">99.9 %"), (0.99951, ">99.9 %"), (0.9994, "99.9 %"), (0.68149, "68.1 %"),
      (0.0006, "0.1 %"), (0.0004, "<0.1 %"), (1e-30, "<0.1 %"), (0, "0.0 %"),
    ])
  func percentages(_ share: Float, _ text: String) { #expect(RunFigures.percent(share) == text) }

  @Test("If no image was read wrong, the error says that there is nothing to show")
  func nothing() throws {
    let name = reading.part.images.classNames[0]
    let wrong = (0..<120).filter { !isRight($0) && reading.part.images.labels[$0] == 0 }
    let right = (0..<120).filter { isRight($0) && reading.part.images.labels[$0] == 0 }
    // One of both is empty, or the seed no longer shows what it is to show.
    let empty: FigureKind = try #require(wrong.isEmpty ? .wrong : right.isEmpty ? .right : nil)
    #expect(throws: FigureError.noImages(source: "strokes.csv", part: .all, empty, className: name)) {
      try figures.figure(empty, FigureOptions(className: name))
    }
  }
}
