import Testing

@testable import NumeralCLI

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "abc", 3), ("train", "train", 0), ("trian", "train", 1), ("tran", "train", 1),
    ("trainn", "train", 1), ("troin", "train", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
  ])
  func editDistanceCountsSingleChanges(first: String, second: String, edits: Int) {
    #expect(Suggestion.editDistance(first, second) == edits)
    #expect(Suggestion.editDistance(second, first) == edits)
  }

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
