import Testing

@testable import Numeral

@Suite struct EnsembleErrorTests {
  static let table: [(EnsembleError, String)] = [
    (.noNetworks, "the ensemble has no networks, expected at least one"),
    (
      .input(network: 1, expected: .image(height: 28, width: 28), found: .image(height: 8, width: 8)),
      "network 1 of the ensemble takes images of 8×8, expected 28×28 as network 0 does"
    ),
    (
      .classes(network: 2, expected: 10, found: 26),
      "network 2 of the ensemble tells 26 classes apart, expected 10 as network 0 does"
    ),
    (
      .pixelScale(network: 1, expected: .unit, found: .raw),
      "network 1 of the ensemble takes pixels on the scale raw, expected unit as network 0 does"
    ),
    (.copies(-1), "the number of distorted copies is -1, expected 0 to 1000"),
    (
      .augmentation(.notImages(.features(5))),
      "the samples are lists of 5 numbers, expected images with height and width; turn augmentation off"
    ),
    (.network(.classCount(expected: 10, found: 12)), "the network tells 10 classes apart, the images have 12"),
  ]

  @Test("Each error is one sentence", arguments: 0..<table.count)
  func sentences(_ row: Int) {
    #expect(EnsembleErrorTests.table[row].0.description == EnsembleErrorTests.table[row].1)
  }
}
