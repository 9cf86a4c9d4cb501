import Testing

@testable import Numeral

@Suite struct ShapeTests {
  static let table: [(Shape, Int, String)] = [
    (.image(height: 28, width: 28), 784, "28×28"), (.image(height: 3, width: 5), 15, "3×5"),
    (.image(height: 3, width: 5, channels: 2), 30, "2×3×5"), (.features(64), 64, "64"), (.features(0), 0, "0"),
  ]

  @Test("A shape counts its numbers and is written with multiplication signs", arguments: table)
  func shapes(shape: Shape, count: Int, text: String) {
    #expect(shape.count == count)
    #expect(shape.description == text)
  }
}
