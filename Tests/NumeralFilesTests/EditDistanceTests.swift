import NumeralFiles
import Testing

@Suite struct EditDistanceTests {
  @Test(
    "Single changes are counted, in both directions",
    arguments: [
      ("", "", 0), ("a", "", 1), ("", "abc", 3), ("train", "train", 0), ("trian", "train", 1), ("tran", "train", 1),
      ("trainn", "train", 1), ("troin", "train", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
  func distances(first: String, second: String, edits: Int) {
    #expect(editDistance(first, second) == edits)
    #expect(editDistance(second, first) == edits)
  }

  @Test("Huge words take little time")
  func bounded() {
    #expect(editDistance(String(repeating: "train", count: 100_000), "") == 64)
  }
}
