import Testing

@testable import NumeralCLI

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
