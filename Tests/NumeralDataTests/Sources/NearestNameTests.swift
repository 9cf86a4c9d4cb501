import NumeralData
import Testing

@Suite struct NearestNameTests {
  @Test(
    "A mistyped name is found, any other text is not",
    arguments: [
      ("mnits", "mnist"), ("MNIST", "mnist"), ("nist", "mnist"), ("mnistt", "mnist"), ("digit", "digits"),
      ("fashionmnist", "fashion-mnist"), ("fashion_mnist", "fashion-mnist"), ("kmnits", "kmnist"), ("imagenet", nil),
      ("", nil), ("train.csv", nil),
    ] as [(String, String?)])
  func slips(text: String, name: String?) {
    #expect(nearestName(to: text, among: ["digits", "mnist", "fashion-mnist", "kmnist", "emnist-digits"]) == name)
  }

  @Test("Without names, and for a very long text, nothing is found")
  func edges() {
    #expect(nearestName(to: "a", among: []) == nil)
    #expect(nearestName(to: String(repeating: "a", count: 65), among: [String(repeating: "a", count: 64)]) == nil)
  }
}
