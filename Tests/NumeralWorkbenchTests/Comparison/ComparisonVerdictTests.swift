import Testing

@testable import NumeralWorkbench

@Suite struct ComparisonVerdictTests {
  @Test(
    "A chance has no more digits than are needed to weigh it",
    arguments: [
      (1.0, "100 %"), (0.7265625, "73 %"), (0.0313, "3 %"), (0.0129, "1 %"), (0.0042, "0.4 %"), (0.009, "0.9 %"),
      (0.001, "0.1 %"), (0.0009, "less than 0.1 %"), (0, "less than 0.1 %"),
    ])
  func cases(chance: Double, text: String) {
    #expect(Comparison.cases(chance) == text)
  }
}
