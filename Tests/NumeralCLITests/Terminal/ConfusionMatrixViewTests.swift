import Testing

@testable import NumeralCLI

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
