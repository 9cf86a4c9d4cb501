import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// The page of a run: what is on it when all is there, and when something is not.
@Suite struct RunReportTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private static let images = Shape.image(height: 5, width: 5)

  /// Saves a run of a small training whose data is a table beside it, and returns its path.
  private func run(classNames: [String]? = nil, shape: Shape = images, epochs: Int = 4, rate: Double = 0.1) throws
    -> String
  {
    let images = try LabeledImages.synthetic(120, shape: shape, classes: 3, pixelMaximum: 255)
    let rows = (0..<images.count).map { index in
      ([String(images.labels[index])] + images.pixels(at: index).map { String($0) }).joined(separator: ",")
    }
    let header = "label," + (0..<shape.count).map { "pixel\($0)" }.joined(separator: ",")
    let source = try place.write(([header] + rows).joined(separator: "\n") + "\n", to: "strokes.csv")
    let dataset = try DataSource(source, environment: [:]).load()
    let result = try SmallExperiment.result(SmallExperiment.setup(epochs: epochs, rate: rate), dataset: dataset)
    let record = RunRecord(
      result: result, date: Date(timeIntervalSince1970: 1_767_225_600), arguments: ["train", "--data", "<a&b>.csv"],
      version: "0.1.0 (commit 0123)", source: source, loadSeconds: 0.25)
    for file in record.files { try place.write(file.bytes, to: "run/" + file.name) }
    if let classNames {
      let model = Model(
        network: result.model.network, pixelMaximum: 255,
        classNames: classNames + result.model.classNames.dropFirst(classNames.count),
        provenance: result.model.provenance)
      try place.write(model.safetensors.bytes, to: "run/model.safetensors")
    }
    return place.path + "/run"
  }

  private func report(_ path: String, source: String? = nil) throws -> RunReport {
    try RunReport(of: SavedRun(path: path), source: source, environment: [:])
  }

  private func notices(_ page: XMLContents) -> [XMLContents.Element] {
    page.elements.filter { $0.attributes["role"] == "note" }
  }

  private static let allSections = [
    "Summary", "Training", "Worst mistakes", "Confusion matrix", "Classes", "Example images", "All mistakes", "Network",
    "Provenance",
  ]

  @Test("A complete run has every section and no warning")
  func whole() throws {
    let report = try report(try run())
    #expect(report.problems == [])
    let page = try #require(XMLContents(report.page.text))
    #expect(page.texts("h2") == Self.allSections)
    #expect(notices(page).isEmpty)
    // Loss, accuracy, confusion, classes, ROC, precision-recall, reliability, weights, two histograms.
    #expect(page.all("svg").count == 10)
    let text = report.page.text
    for words in [
      "seed 3", "2026-01-01 00:00:00 UTC", "read once, after epoch 4, the last",
      "numeral train --data &lt;a&amp;b&gt;.csv", "numeral 0.1.0 (commit 0123)", "Matthews correlation",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(try self.report(place.path + "/run").page.text == text)
  }

  @Test("Each image that was read wrong is in the cell of the matrix that leads to it, and only there")
  func cells() throws {
    let report = try report(try run(epochs: 1))
    let page = try #require(XMLContents(report.page.text))
    let run = try SavedRun(path: place.path + "/run")
    let reading = try run.reading(.test, in: run.data(environment: [:]))
    let counts = reading.evaluation.confusionMatrix.counts
    #expect(reading.evaluation.errors > 0)
    let ids = Set(page.elements.compactMap { $0.attributes["id"] })
    let links = Set(page.all("a").compactMap { $0.attributes["href"] })
    var wrong = 0
    for row in counts.indices {
      for column in counts.indices {
        #expect(ids.contains("cell-\(row)-\(column)") == (counts[row][column] > 0))
        #expect(links.contains("#cell-\(row)-\(column)") == (counts[row][column] > 0))
        if row != column { wrong += counts[row][column] }
      }
    }
    // Once among the worst, once in its cell, and those of the first twenty once among the example images.
    let section = report.page.text.components(separatedBy: "<section id=\"cells\"")[1]
      .components(separatedBy: "<section id=\"network\"")[0]
    #expect(section.components(separatedBy: ", taken for ").count - 1 == wrong)
  }

  @Test("The figures of the page are those of the evaluation")
  func figures() throws {
    let report = try report(try run())
    let run = try SavedRun(path: place.path + "/run")
    let evaluation = try run.reading(.test, in: run.data(environment: [:])).evaluation
    let page = try #require(XMLContents(report.page.text))
    let values = page.all("dd").filter { $0.attributes["class"] == "value" }.map(\.text)
    #expect(
      values.prefix(3) == [
        Quantity.percent(evaluation.accuracy, digits: 2), Quantity.grouped(evaluation.errors),
        Quantity.fixed(evaluation.loss, digits: 4),
      ])
    let cells = page.texts("td")
    for scores in evaluation.classes { #expect(cells.contains(Quantity.fixed(scores.f1, digits: 4))) }
  }

  @Test(
    "What is missing is said, and the page is made of the rest",
    arguments: ["run.json", "history.csv", "model.safetensors"])
  func missing(name: String) throws {
    let path = try run()
    try FileManager.default.removeItem(atPath: path + "/" + name)
    // Without the record nothing says where the data is.
    let report = try report(path, source: name == "run.json" ? place.path + "/strokes.csv" : nil)
    #expect(report.problems == ["\(path)/\(name): no such file or folder; check the path"])
    let page = try #require(XMLContents(report.page.text))
    let left = Self.allSections.filter { section in
      switch name {
      case "history.csv": section != "Training"
      case "model.safetensors": ["Summary", "Training", "Provenance"].contains(section)
      default: true
      }
    }
    #expect(page.texts("h2") == left)
    #expect(notices(page).count == 1 && report.page.text.contains("no such file or folder"))
    // The figures are recorded if they cannot be read anew.
    #expect(page.texts("dt").contains("Test accuracy"))
  }

  @Test("A damaged record and a history that is cut short are said, and what can be read is shown")
  func damaged() throws {
    let path = try run()
    try place.write("{\"format\":", to: "run/run.json")
    let history = try place.text("run/history.csv")
    try place.write(String(history.dropLast(3)), to: "run/history.csv")
    let report = try report(path)
    #expect(report.problems.count == 3 && report.problems[2].contains("trained on"))
    let page = try #require(XMLContents(report.page.text))
    #expect(page.texts("h2") == ["Summary", "Training", "Network", "Provenance"])
    #expect(page.all("li").count == page.all("nav").count * 4 + 3)
  }

  @Test("If the run's own data are missing, the report says so; if requested data are missing, that is an error")
  func data() throws {
    let path = try run()
    try FileManager.default.moveItem(atPath: place.path + "/strokes.csv", toPath: place.path + "/moved.csv")
    let report = try report(path)
    #expect(report.problems.count == 1 && report.problems[0].contains("cannot be read any more"))
    #expect(!report.page.text.contains("<img"))
    #expect(try self.report(path, source: place.path + "/moved.csv").problems == [])
    #expect(throws: PartError.self) { try self.report(path, source: place.path + "/none.csv") }
    // Images that the model cannot read.
    #expect(throws: PartError.self) { try self.report(path, source: "digits") }
  }

  @Test("The report says if its figures are of other data than the run's")
  func otherData() throws {
    let path = try run()
    let own = try place.text("strokes.csv")
    let other = try place.write(own.split(separator: "\n").dropLast().joined(separator: "\n") + "\n", to: "other.csv")
    let report = try report(path, source: other)
    #expect(
      report.problems == [
        "\(other): this is not the data that the model was trained on; all of it is scored"
      ])
    let page = try #require(XMLContents(report.page.text))
    #expect(page.texts("dt").contains("Accuracy") && page.texts("td").contains("119"))
  }

  @Test("A training that diverged is not hidden")
  func diverged() throws {
    let path = try run(rate: 1e30)
    let page = try #require(XMLContents(try report(path).page.text))
    #expect(page.texts("li").contains { $0.hasPrefix("Training diverged after ") })
  }

  @Test("Class names and paths cannot become markup")
  func hostile() throws {
    let names = ["<script>alert(1)</script>", "\"><img src=x>", "'&amp;'"]
    let path = try run(classNames: names)
    let moved = place.path + "/<b>run&"
    try FileManager.default.moveItem(atPath: path, toPath: moved)
    let page = try #require(XMLContents(try report(moved).page.text))
    #expect(page.all("script").isEmpty && page.all("b").isEmpty)
    #expect(page.all("img").allSatisfy { $0.attributes["src"]?.hasPrefix("data:image/png;base64,") == true })
    #expect(page.texts("code").contains("<b>run&"))
    #expect(page.texts("th").contains(names[0]) && page.texts("th").contains(names[1]))
  }

  @Test("A model file alone has its network, its figures and what it records")
  func modelFile() throws {
    let report = try report(try run() + "/model.safetensors", source: place.path + "/strokes.csv")
    let page = try #require(XMLContents(report.page.text))
    #expect(page.texts("h2") == Self.allSections.filter { $0 != "Training" })
    #expect(!page.texts("dt").contains("Training time"))
  }
}
