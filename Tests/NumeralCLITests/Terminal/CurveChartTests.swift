import Numeral
import Testing

@testable import NumeralCLI

@Suite struct CurveChartTests {
  private let plain = TerminalStyle(isTerminal: true, width: 80, colors: .none, hasBlocks: true)

  @Test("A solid and a dashed line differ without colours, round numbers stand at the axes")
  func lines() {
    let chart = CurveChart(title: "loss", solid: [1, 0.5, 0], dashed: [0, 0.5, 1])
    #expect(
      chart.lines(width: 20, rows: 5, style: plain) == [
        "loss                ",
        "1.0 ┤⠑⠢⡀         ⣀⠔ ",
        "    │  ⠈⠑⠤⡀   ⣀⠔    ",
        "0.5 ┤     ⠈⣒⢔⡀      ",
        "    │   ⡠⠔   ⠈⠑⠤⣀   ",
        "0.0 ┤⡠⠔          ⠑⠢⢄",
        "    └───────────────",
        "     1             3",
      ])
  }

  @Test("With colours each line has its own")
  func colours() {
    let text = CurveChart(title: "loss", solid: [1, 1], dashed: [0, 0]).lines(width: 20, rows: 4, style: .full)
      .joined()
    #expect(text.contains("\u{1B}[38;2;0;114;178m⠉") && text.contains("\u{1B}[38;2;213;94;0m⣀"))
  }

  @Test("Every line has the same width, whatever is drawn", arguments: [10, 38, 58])
  func widths(width: Int) {
    for values in [
      [], [3], [.nan, 1, .infinity, 2], (0..<500).map { Double($0 % 7) }, [0, 1e9], [-1e-9, 1e-9], [5, 5],
    ] {
      let lines = CurveChart(title: "t", solid: values, dashed: values.reversed()).lines(
        width: width, rows: 9, style: plain)
      #expect(lines.count == 12)
      #expect(Set(lines.map(\.cellWidth)).count == 1, "\(values.prefix(3))")
    }
  }

  @Test(
    "A scale goes from one round number to another",
    arguments: [
      ([0.0, 1], ["0.0", "0.5", "1.0"], 2), ([0.03, 1.36], ["0.0", "0.5", "1.0", "1.5"], 4),
      ([61, 100], ["60", "70", "80", "90", "100"], 4), ([5, 5], ["4.999995", "5.000000"], 2),
      ([], ["0.0", "0.5", "1.0"], 2),
    ])
  func scale(values: [Double], labels: [String], steps: Int) {
    let scale = ValueScale(covering: values, steps: steps)
    #expect(scale.labels.map(\.text) == labels)
    #expect(values.allSatisfy { scale.low <= $0 && $0 <= scale.high })
  }

  @Test("A history is two charts, side by side where they fit", arguments: [40, 71, 72, 80, 120, 200])
  func history(width: Int) {
    let history = (1...15).map {
      EpochRecord(
        epoch: $0, trainLoss: 1 / Double($0), trainAccuracy: 1 - 0.5 / Double($0), validationLoss: 1.1 / Double($0),
        validationAccuracy: 0.9 - 0.5 / Double($0), seconds: 1, imagesPerSecond: 1)
    }
    var style = plain
    style.width = width
    let lines = HistoryView(history: history).lines(style)
    #expect(lines.count == (width < 72 ? 26 : 13))
    #expect(lines.allSatisfy { $0.cellWidth < width })
    #expect(lines[0] == "──── training   ╌╌╌╌ validation" + (width > 47 ? "   over 15 epochs" : ""))
  }
}
