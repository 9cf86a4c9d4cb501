import Foundation
import NumeralPlots
import NumeralTestSupport
import Testing

/// What each kind of plot shows.
@Suite struct KindsTests {
  @Test("Lines have their names and values at their ends, and the best epoch is marked")
  func lineChart() throws {
    let svg = try #require(XMLContents(SamplePlots.lineChart.svg()))
    let texts = svg.texts("text")
    for text in ["training", "95.00 %", "validation", "92.90 %", "best epoch 3"] {
      #expect(texts.contains(text), "\(text)")
    }
    // The interrupted line starts again after the missing value.
    let paths = svg.all("path").compactMap { $0.attributes["d"] }.filter { $0.contains("M") }
    #expect(paths[1].split(separator: "M").count == 2)
    #expect(svg.texts("title").contains("validation, epoch 4: 92.90 %"))
  }

  @Test("The cells of a confusion matrix have links, but empty cells have none")
  func links() throws {
    let plot = SamplePlots.confusion(.counts)
    let svg = try #require(XMLContents(plot.svg { "#cell-\($0)-\($1)" }))
    #expect(
      svg.all("a").compactMap { $0.attributes["href"] } == [
        "#cell-0-0", "#cell-0-1", "#cell-1-0", "#cell-1-1", "#cell-1-2",
      ])
    #expect(try #require(XMLContents(plot.svg())).all("a").isEmpty)
  }

  @Test("A confusion matrix has a number in each cell, recalls and precisions")
  func cells() throws {
    let counts = try #require(XMLContents(SamplePlots.confusion(.counts).svg())).texts("text")
    for text in ["980", "12", "1100", "3", "98.8", "99.6", "99.7", "98.9", "–"] {
      #expect(counts.contains(text), "\(text)")
    }
    let shares = try #require(XMLContents(SamplePlots.confusion(.rowPercentages).svg())).texts("text")
    for text in ["98.8", "1.2", "0.3", "0.1"] { #expect(shares.contains(text), "\(text)") }
  }

  @Test("Errors have their own ramp: the largest one has the strongest colour, whatever is on the diagonal")
  func ramps() {
    let plot = ConfusionMatrixPlot(title: "a", counts: [[9_000, 1], [5, 9_000]], classNames: ["0", "1"])
    let svg = plot.svg(theme: .light)
    #expect(svg.contains("class=\"nl-error7\""))
    #expect(svg.contains("class=\"nl-error1\""))
    #expect(svg.contains("class=\"nl-correct7\""))
  }

  @Test("Areas stand beside their classes, and a class without a curve has a dash")
  func areas() throws {
    let texts = try #require(XMLContents(ROCPlot(title: "a", curves: SamplePlots.rocCurves).svg())).texts("text")
    for text in ["0.9987", "0.9800", "–", "false positive rate (log scale)"] {
      #expect(texts.contains(text), "\(text)")
    }
  }

  @Test("Axes that do not start at zero say so")
  func honesty() throws {
    let bars = try #require(XMLContents(SamplePlots.bars.svg())).texts("text")
    #expect(bars.contains("score (axis starts at 0.94, not at 0)"))
    let low = ClassBars(title: "a", measures: ["F1"], groups: [.init("0", [0.4]), .init("1", [0.9])])
    #expect(try #require(XMLContents(low.svg())).texts("text").contains("score"))
    let zoomed = PrecisionRecallPlot(title: "a", curves: SamplePlots.precisionCurves)
    #expect(try #require(XMLContents(zoomed.svg())).texts("text").contains("recall, from 0.8"))
    let whole = PrecisionRecallPlot(title: "a", curves: SamplePlots.precisionCurves, startsAtZero: true)
    #expect(try #require(XMLContents(whole.svg())).texts("text").contains("recall"))
  }

  @Test("The calibration error is the mean distance of accuracy and confidence")
  func calibration() throws {
    let error = try #require(SamplePlots.reliability.expectedCalibrationError)
    #expect((error - (4 * 0.1 + 40 * 0.05 + 1956 * 0.01) / 2000).magnitude < 1e-12)
    #expect(ReliabilityDiagram(title: "a", bins: []).expectedCalibrationError == nil)
  }

  @Test("Right and wrong have different signs, not only different colours")
  func tones() throws {
    func signs(_ tone: ImageGrid.Tone) throws -> Int {
      let grid = ImageGrid(title: "a", tiles: [.init(SamplePlots.image, tone: tone)])
      return try #require(XMLContents(grid.svg())).all("path").count
    }
    #expect(try signs(.neutral) == 0)
    #expect(try signs(.right) == 1)
    #expect(try signs(.wrong) == 2)
  }

  @Test("A curve of ten thousand points stays small")
  func size() {
    let x = (0..<10_000).map { Double($0) / 9_999 }
    let plot = ROCPlot(title: "a", curves: [ClassCurve("0", x: x, y: x.map { $0.squareRoot() }, area: 0.67)])
    #expect(plot.svg().utf8.count < 30_000)
  }

  @Test("A histogram counts every finite value once")
  func histogram() throws {
    let values = (0..<1000).map { Double($0 * $0 % 997) / 10 } + [.nan, .infinity]
    let plot = Histogram(title: "a", xTitle: "b", panels: [.init("c", values: values)])
    let counts = try #require(XMLContents(plot.svg())).texts("title").dropFirst().compactMap { title in
      title.components(separatedBy: ": ").last.flatMap { Int($0) }
    }
    #expect(counts.reduce(0, +) == 1000)
  }
}
