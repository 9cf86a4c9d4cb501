import Testing

@testable import Numeral

@Suite struct NetworkErrorTests {
  static let table: [(NetworkError, String)] = [
    (.noLayers, "the network has no layers, expected at least one; end with Dense(classes)"),
    (.input(.image(height: 0, width: 5)), "the network's input is 0×5, expected 1 to 1048576 numbers"),
    (.units(layer: 1, found: -3), "layer 1 (dense) has -3 units, expected 1 to 1048576"),
    (.slope(layer: 0, found: 1.5), "layer 0 (dense) has a leaky ReLU of slope 1.5, expected 0 or more and less than 1"),
    (
      .outputActivation(layer: 2, found: .relu),
      "layer 2, the last, applies relu, expected identity: softmax follows it and is part of the loss"
    ),
    (
      .initializer(layer: 0, found: "normal(nan)"),
      "layer 0 (dense) draws its weights from normal(nan), expected finite numbers and no negative deviation"
    ),
    (
      .parameters(found: 1 << 40),
      "the network has 1099511627776 parameters, expected at most 268435456; make its layers narrower"
    ),
    (.classes(found: 1), "the network ends with 1 outputs, expected 2 to 256, one for each class"),
    (.tensor(name: "0.bias", expected: 10, found: 9), "tensor 0.bias has 9 numbers, expected 10"),
    (.notFinite(tensor: "1.weight"), "tensor 1.weight holds NaN or infinity, expected finite numbers"),
    (
      .pictures(expected: .image(height: 28, width: 28), found: .image(height: 8, width: 8)),
      "the network takes pictures of 28×28, found 8×8"
    ),
    (.classCount(expected: 10, found: 12), "the network tells 10 classes apart, the pictures have 12"),
  ]

  @Test("Each error is one sentence: where, what was expected, what was found", arguments: table)
  func sentences(error: NetworkError, text: String) {
    #expect(error.description == text)
  }
}
