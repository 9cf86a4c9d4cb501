import Testing

@testable import NumeralCLI

@Suite struct SuggestionTests {
  @Test(
    arguments: [
      ("trian", "train"), ("TRAIN", "train"), ("evalute", "evaluate"), ("zebra", nil), ("", nil), ("in", nil),
      ("--epohcs", "--epochs"), ("--x", nil), ("-o", nil),
    ] as [(String, String?)])
  func onlyWhatIsNearIsSuggested(found: String, suggestion: String?) {
    #expect(Suggestion.nearest(to: found, among: ["train", "evaluate", "inspect", "--epochs", "--json"]) == suggestion)
  }

  @Test func hugeWordsAreNoWork() {
    #expect(Suggestion.nearest(to: String(repeating: "train", count: 100_000), among: ["train"]) == nil)
  }
}
