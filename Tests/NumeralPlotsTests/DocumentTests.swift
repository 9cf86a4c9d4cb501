import Foundation
import NumeralPlots
import NumeralTestSupport
import Testing

/// Tests that hold for every plot.
@Suite struct DocumentTests {
  /// Markup, quotes, control characters and an emoji sequence. None of them may end an element.
  static let hostile = "<&\">'</text><script>\u{0}\u{1B}\u{7F}\u{FFFF}\t🙂"

  @Test(
    "Every plot is well-formed in every theme, scales, and has words for a screen reader", arguments: SamplePlots.all)
  func document(plot: SamplePlot) throws {
    for theme in Theme.allCases {
      let svg = try #require(XMLContents(plot.svg(theme)))
      let root = svg.elements[0]
      #expect(root.name == "svg" && root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
      let (width, height) = (try #require(root.attributes["width"]), try #require(root.attributes["height"]))
      #expect(root.attributes["viewBox"] == "0 0 \(width) \(height)")
      #expect(root.attributes["role"] == (svg.all("a").isEmpty ? "img" : "group"))
      #expect(svg.elements[1].name == "title" && !svg.elements[1].text.isEmpty)
      #expect(svg.elements[2].name == "desc" && svg.elements[2].text.hasSuffix("."))
      #expect(root.attributes["font-family"]?.hasPrefix("system-ui") == true)
      #expect(root.attributes["style"]?.contains("tabular-nums") == true)
    }
  }

  @Test("No coordinate is NaN, infinite or longer than two decimals", arguments: SamplePlots.all)
  func coordinates(plot: SamplePlot) throws {
    let svg = try #require(XMLContents(plot.svg(.light)))
    for element in svg.elements {
      for name in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "r"] {
        guard let text = element.attributes[name] else { continue }
        #expect(Double(text)?.isFinite == true, "\(element.name) \(name)=\(text)")
        let decimals = text.firstIndex(of: ".").map { text[$0...].count - 1 } ?? 0
        #expect(decimals <= 2, "\(text)")
      }
      for text in ["d", "points"].compactMap({ element.attributes[$0] }) {
        #expect(!text.contains("n") && !text.contains("–"), "\(text)")
      }
    }
  }

  @Test("No text leaves the image", arguments: SamplePlots.all)
  func borders(plot: SamplePlot) throws {
    let svg = try #require(XMLContents(plot.svg(.light)))
    let width = try #require(svg.elements[0].attributes["width"].flatMap(Double.init))
    let height = try #require(svg.elements[0].attributes["height"].flatMap(Double.init))
    for text in svg.all("text") where text.attributes["transform"] == nil {
      let x = try #require(text.attributes["x"].flatMap(Double.init))
      let y = try #require(text.attributes["y"].flatMap(Double.init))
      let size = try #require(text.attributes["font-size"].flatMap(Double.init))
      // A digit of the widest expected font takes 0.64 of its size. Most letters take less.
      let length = Double(text.text.count) * size * 0.6
      let start =
        switch text.attributes["text-anchor"] {
        case "end": x - length
        case "middle": x - length / 2
        default: x
        }
      #expect(start >= 0 && start + length <= width + 12, "\(text.text)")
      #expect(y - size > 0 && y + 4 < height, "\(text.text)")
    }
  }

  @Test("The same plot has the same bytes", arguments: SamplePlots.all)
  func determinism(plot: SamplePlot) {
    #expect(plot.svg(.automatic) == plot.svg(.automatic))
  }

  @Test(
    "Themes differ only in colours and class names, and the automatic one contains both", arguments: SamplePlots.all)
  func themes(plot: SamplePlot) throws {
    let (light, dark, both) = (plot.svg(.light), plot.svg(.dark), plot.svg(.automatic))
    func rules(_ text: String) throws -> String {
      let svg = try #require(XMLContents(text))
      return try #require(svg.texts("style").first)
    }
    func plain(_ text: String, _ prefix: String) -> String {
      text.split(separator: Character("\n")).filter { !$0.hasPrefix("<style>") }.joined(separator: "\n")
        .replacingOccurrences(of: prefix, with: "·")
    }
    #expect(plain(light, "\"nl-") == plain(dark, "\"nd-"))
    #expect(plain(light, "\"nl-") == plain(both, "\"na-"))
    func renamed(_ text: String) -> String {
      text.replacingOccurrences(of: ".nl-", with: ".na-").replacingOccurrences(of: ".nd-", with: ".na-")
    }
    #expect(
      try rules(both) == renamed(try rules(light)) + "@media(prefers-color-scheme:dark){" + renamed(try rules(dark))
        + "}")
  }

  @Test("Text of any kind is escaped wherever a plot takes text")
  func escaping() throws {
    let text = Self.hostile
    let image = GrayImage([1, 2], width: 2, height: 1, maximum: 16)
    let plots = [
      LineChart(
        title: text, subtitle: text, xTitle: text, yTitle: text, series: [.init(text, [1, 2])],
        marker: .init(x: 1, label: text)
      ).svg(),
      ConfusionMatrixPlot(title: text, counts: [[1, 2], [3, 4]], classNames: [text, text]).svg { _, _ in text },
      ROCPlot(title: text, curves: [ClassCurve(text, x: [0, 1], y: [0, 1], area: 0.5)]).svg(),
      PrecisionRecallPlot(title: text, curves: [ClassCurve(text, x: [0, 1], y: [1, 0], area: 0.5)]).svg(),
      ReliabilityDiagram(title: text, subtitle: text, bins: []).svg(),
      ClassBars(title: text, measures: [text], groups: [.init(text, [0.5])]).svg(),
      ImageGrid(title: text, sections: [.init(text, tiles: [.init(image, captions: [text], tooltip: text)])]).svg(),
      WeightImages(title: text, weights: [[1, 2]], width: 2, height: 1, captions: [text]).svg(),
      Histogram(title: text, xTitle: text, panels: [.init(text, values: [1])]).svg(),
    ]
    for plot in plots {
      let svg = try #require(XMLContents(plot), "\(plot)")
      #expect(svg.all("script").isEmpty)
      #expect(svg.texts("title").first == "<&\">'</text><script>\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\t🙂")
      #expect(!plot.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x7F })
    }
  }
}
