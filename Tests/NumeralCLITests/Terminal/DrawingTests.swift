import Testing

@testable import NumeralCLI

@Suite struct TerminalImageTests {
  @Test func aSmallImageIsEnlarged() {
    let image = TerminalImage(pixels: [0, 16, 8, 0], height: 2, width: 2, maximum: 16)
    let empty = String(repeating: " ", count: 8)
    let full = String(repeating: "@", count: 8)
    let half = String(repeating: "+", count: 8)
    #expect(
      image.lines(.plain) == Array(repeating: empty + full, count: 4) + Array(repeating: half + empty, count: 4))
  }

  @Test func pairsOfRowsShareALine() {
    let pixels = [UInt8](repeating: 0, count: 20) + [UInt8](repeating: 255, count: 40)
    let image = TerminalImage(pixels: pixels, height: 3, width: 20, maximum: 255)
    #expect(image.lines(.plain) == [String(repeating: "+", count: 20), String(repeating: "+", count: 20)])
    let line = String(repeating: "▀", count: 20)
    #expect(
      image.lines(.full) == [
        "\u{1B}[38;2;238;238;238;48;2;18;18;18m\(line)\u{1B}[0m",
        "\u{1B}[38;2;18;18;18;48;2;238;238;238m\(line)\u{1B}[0m",
      ])
    #expect(
      image.lines(.indexed) == [
        "\u{1B}[38;5;255;48;5;233m\(line)\u{1B}[0m", "\u{1B}[38;5;233;48;5;255m\(line)\u{1B}[0m",
      ])
  }

  @Test func missingAndExcessivePixelsAreHarmless() {
    #expect(
      TerminalImage(pixels: [9], height: 2, width: 16, maximum: 0).lines(.plain) == [
        "+" + String(repeating: " ", count: 15)
      ])
    #expect(TerminalImage(pixels: [], height: 0, width: 0, maximum: 255).lines(.full).isEmpty)
  }
}

@Suite struct BarChartTests {
  private let chart = BarChart([.init("0", 0.0004), .init("seven", 0.975), .init("2", .nan), .init("3", 0.0246)])

  @Test func barsArePlainOutsideATerminal() {
    #expect(
      chart.lines(.plain) == [
        "0                                      <0.1 %",
        "seven #############################    97.5 %",
        "2                                           –",
        "3     #                                 2.5 %",
      ])
  }

  @Test func theWinnerStandsOut() {
    let lines = chart.lines(.indexed)
    let strip = String(repeating: "█", count: 29) + "▎"
    #expect(lines[1] == "\u{1B}[1mseven\u{1B}[0m \u{1B}[38;5;25m\(strip)\u{1B}[0m  \u{1B}[1m 97.5 %\u{1B}[0m")
    #expect(lines[3].hasPrefix("3     \u{1B}[2m▊ "))
  }

  @Test(arguments: [12, 20, 40, 80, 200])
  func linesFitTheTerminal(width: Int) {
    let style = TerminalStyle(isTerminal: true, width: width, colors: .none, hasBlocks: true)
    let chart = BarChart([.init("a rather long name of a class", 1), .init("b", 0)])
    for line in chart.lines(style) { #expect(line.cellWidth <= max(width, 16)) }
  }

  @Test func noBarsAreNoLines() {
    #expect(BarChart([]).lines(.plain).isEmpty)
  }
}

@Suite struct SparklineTests {
  @Test func aCurveGoesFromItsLeastToItsGreatest() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 80, style: .full) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 80, style: .plain) == "_.-~=+*#")
    #expect(Sparkline.text([7, .nan, 0, .infinity], width: 80, style: .full) == "█ ▁ ")
  }

  @Test func extremeCurvesAreHarmless() {
    #expect(Sparkline.text([], width: 10, style: .full) == "")
    #expect(Sparkline.text([3, 3], width: 10, style: .full) == "▅▅")
    #expect(Sparkline.text([.nan], width: 10, style: .full) == " ")
    #expect(Sparkline.text([-.greatestFiniteMagnitude, .greatestFiniteMagnitude], width: 10, style: .full) == "▁█")
  }

  @Test func longCurvesAreAveraged() {
    #expect(Sparkline.text((0..<500).map(Double.init), width: 8, style: .full) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([.nan, .nan, 1, 2], width: 2, style: .full) == " ▅")
  }
}

@Suite struct ConfusionMatrixViewTests {
  @Test func outsideATerminalNumbersAreAligned() {
    let view = ConfusionMatrixView(counts: [[50, 0, 1], [2, 1234, 0], [0, 0, 0]], names: ["0", "1"])
    #expect(
      view.lines(.plain) == [
        "     predicted",
        "true    0    1    2   recall",
        "0      50    .    1   98.0 %",
        "1       2 1234    .   99.8 %",
        "2       .    .    .        –",
      ])
  }

  @Test func longNamesStandBeforeTheRows() {
    let view = ConfusionMatrixView(counts: [[1, 0], [0, 1]], names: ["T-shirt/top", "Trouser"])
    #expect(
      view.lines(.plain) == [
        "              predicted",
        "true            0   1   recall",
        "0 T-shirt/top   1   .  100.0 %",
        "1 Trouser       .   1  100.0 %",
      ])
  }

  @Test func cellsAreShadedByTheirShareOfTheRow() {
    let lines = ConfusionMatrixView(counts: [[100, 0], [25, 75]], names: []).lines(.full)
    #expect(lines[2].contains("\u{1B}[38;2;255;255;255;48;2;0;114;178m 100\u{1B}[0m\u{1B}[2m   ·\u{1B}[0m"))
    #expect(lines[3].contains("48;2;213;94;0m  25\u{1B}[0m"))
  }

  @Test func tenClassesFitEightyCharacters() {
    let counts = Array(repeating: Array(repeating: 9999, count: 10), count: 10)
    let names = (0..<10).map { "a long name of class \($0)" }
    for line in ConfusionMatrixView(counts: counts, names: names).lines(.plain) { #expect(line.count <= 80) }
    for line in ConfusionMatrixView(counts: counts, names: []).lines(.plain) { #expect(line.count <= 80) }
  }
}
