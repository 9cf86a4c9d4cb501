import Testing

@testable import Numeral

@Suite struct NetworkErrorTests {
  static let table: [(NetworkError, String)] = [
    (.noLayers, "the network has no layers, expected at least one; end with Dense(classes)"),
    (.input(.image(height: 0, width: 5)), "the network's input is 0×5, expected 1 to 1048576 numbers"),
    (.units(layer: 1, found: -3), "layer 1 has -3 outputs, expected 1 to 1048576"),
    (.slope(layer: 0, found: 1.5), "layer 0 has a leaky ReLU of slope 1.5, expected 0 or more and less than 1"),
    (
      .outputActivation(layer: 2, found: .relu),
      "layer 2, the last, applies relu, expected identity: softmax follows it and is part of the loss"
    ),
    (
      .initializer(layer: 0, found: "normal:nan"),
      "layer 0 draws its weights from normal:nan, expected finite numbers and a standard deviation of 0 or more"
    ),
    (
      .parameters(found: 1 << 40),
      "the network has 1099511627776 parameters, expected at most 268435456; make its layers narrower"
    ),
    (.classes(found: 1), "the network ends with 1 outputs, expected 2 to 256, one for each class"),
    (.tensor(name: "0.bias", expected: 10, found: 9), "tensor 0.bias has 9 numbers, expected 10"),
    (.notFinite(tensor: "1.weight"), "tensor 1.weight holds NaN or infinity, expected finite numbers"),
    (
      .images(expected: .image(height: 28, width: 28), found: .image(height: 8, width: 8)),
      "the network takes images of 28×28, found 8×8"
    ),
    (.classCount(expected: 10, found: 12), "the network tells 10 classes apart, the images have 12"),
    (
      .setting(layer: 3, kind: "pooling", name: "stride", found: "0", expected: "1 or more"),
      "layer 3 (pooling) has a stride of 0, expected 1 or more"
    ),
    (
      .window(layer: 1, kind: "pooling", size: 9, input: .image(height: 8, width: 12, channels: 4), padding: 0),
      "layer 1 (pooling) has a window of 9×9 on 4×8×12, expected one that fits; make the window smaller, or leave out "
        + "a pooling layer before it"
    ),
    (
      .window(layer: 2, kind: "convolution", size: 5, input: .image(height: 2, width: 3, channels: 4), padding: 1),
      "layer 2 (convolution) has a window of 5×5 on 4×2×3 with a padding of 1, expected one that fits; make the window "
        + "smaller, or leave out a pooling layer before it"
    ),
    (
      .needsImage(layer: 1, kind: "convolution", found: .features(7)),
      "layer 1 (convolution) is given 7 features, expected an image; put it before Flatten and Dense"
    ),
    (
      .needsFeatures(layer: 0, kind: "layer normalization", found: .image(height: 3, width: 5, channels: 2)),
      "layer 0 (layer normalization) is given an image of 2×3×5, expected features; put Flatten() before it"
    ),
    (.emptyBranch(layer: 4), "layer 4 (residual) has no layers in its branch, expected at least one"),
    (
      .branch(layer: 2, expected: .image(height: 3, width: 5, channels: 2), found: .image(height: 1, width: 3)),
      "layer 2 (residual) has a branch that turns 2×3×5 into 1×3, expected the shape of its input; pad its convolutions and keep "
        + "the number of channels"
    ),
  ]

  /// Layers that cannot be, on an image of 3×5, and what is said of them.
  static let networks: [(String, [Layer], NetworkError)] = [
    row("a pool larger than its input", .window(layer: 0, kind: "pooling", size: 4, input: image(3, 5), padding: 0)) {
      Pooling.maximum(4)
    },
    row(
      "a pool larger than what a pool has left",
      .window(layer: 1, kind: "pooling", size: 2, input: image(1, 2), padding: 0)
    ) {
      Pooling.maximum(2)
      Pooling.average(2)
    },
    row("a pool of nothing", setting(0, "pooling", "window", "0", "1 or more")) { Pooling.average(0) },
    row("a pool that does not move", setting(0, "pooling", "stride", "0", "1 or more")) {
      Pooling.maximum(2, stride: 0)
    },
    row("a pool that moves back", setting(0, "pooling", "stride", "-1", "1 or more")) {
      Pooling.maximum(2, stride: -1)
    },
    row("a pool of features", .needsImage(layer: 1, kind: "pooling", found: .features(15))) {
      Flatten()
      Pooling.globalAverage
    },
    row(
      "a convolution larger than its image",
      .window(layer: 0, kind: "convolution", size: 6, input: image(3, 5), padding: 1)
    ) { Convolution(2, kernel: 6, padding: 1) },
    row("a kernel of nothing", setting(0, "convolution", "kernel", "0", "1 to 255")) { Convolution(2, kernel: 0) },
    row("a huge kernel", setting(0, "convolution", "kernel", "256", "1 to 255")) { Convolution(2, kernel: 256) },
    row("a stride of nothing", setting(0, "convolution", "stride", "0", "1 to 255")) {
      Convolution(2, kernel: 1, stride: 0)
    },
    row(
      "padding as large as the kernel",
      setting(0, "convolution", "padding", "3", "0 or more and less than the kernel of 3")
    ) { Convolution(2, kernel: 3, padding: 3) },
    row(
      "negative padding", setting(0, "convolution", "padding", "-1", "0 or more and less than the kernel of 3")
    ) { Convolution(2, kernel: 3, padding: -1) },
    row("a convolution without outputs", .units(layer: 0, found: 0)) { Convolution(0, kernel: 3) },
    row("a convolution with more numbers than fit", .units(layer: 0, found: 1_048_590)) {
      Convolution(69_906, kernel: 1)
    },
    row("a convolution after Dense", .needsImage(layer: 1, kind: "convolution", found: .features(4))) {
      Dense(4)
      Convolution(2, kernel: 1)
    },
    row("a slope of a convolution", .slope(layer: 0, found: 1)) {
      Convolution(2, kernel: 1, activation: .leakyReLU(slope: 1))
    },
    row("an initializer of a convolution", .initializer(layer: 0, found: "normal:-1.0")) {
      Convolution(2, kernel: 1, initializer: .normal(standardDeviation: -1))
    },
    row("a slope of batch normalization", .slope(layer: 0, found: -1)) {
      BatchNormalization(activation: .leakyReLU(slope: -1))
    },
    row("a slope of layer normalization", .slope(layer: 1, found: 2)) {
      Flatten()
      LayerNormalization(activation: .leakyReLU(slope: 2))
    },
    row("a slope of a residual layer", .slope(layer: 0, found: 2)) {
      Residual(activation: .leakyReLU(slope: 2)) { BatchNormalization() }
    },
    row(
      "layer normalization of an image",
      .needsFeatures(layer: 0, kind: "layer normalization", found: image(3, 5))
    ) { LayerNormalization() },
    row(
      "dropout of everything",
      setting(0, "dropout", "rate", "1.0", "0 or more and less than 1; with 1 nothing would be left")
    ) { Dropout(1) },
    row(
      "negative dropout",
      setting(0, "dropout", "rate", "-0.5", "0 or more and less than 1; with 1 nothing would be left")
    ) { Dropout(-0.5) },
    row(
      "dropout of NaN", setting(0, "dropout", "rate", "nan", "0 or more and less than 1; with 1 nothing would be left")
    ) { Dropout(.nan) },
    row("an empty branch", .emptyBranch(layer: 0)) { Residual {} },
    row(
      "a branch of another size", .branch(layer: 0, expected: image(3, 5), found: image(1, 3))
    ) { Residual { Convolution(1, kernel: 3) } },
    row(
      "a branch of another number of channels",
      .branch(layer: 0, expected: image(3, 5), found: .image(height: 3, width: 5, channels: 2))
    ) { Residual { Convolution(2, kernel: 3, padding: 1) } },
    row("a branch that flattens", .branch(layer: 0, expected: image(3, 5), found: .features(15))) {
      Residual { Flatten() }
    },
    row("a layer inside a branch, counted depth first", .emptyBranch(layer: 3)) {
      BatchNormalization()
      Residual {
        BatchNormalization()
        Residual {}
      }
    },
    row("an activation of the last layer, counted depth first", .outputActivation(layer: 3, found: .relu)) {
      Residual { Dropout(0.5) }
      Dense(3)
      Residual(activation: .relu) { Dense(3) }
    },
    row("more outputs than labels can name", .classes(found: 300)) { Convolution(20, kernel: 1) },
  ]

  private static func image(_ height: Int, _ width: Int) -> Shape { .image(height: height, width: width) }

  private static func setting(
    _ layer: Int, _ kind: String, _ name: String, _ found: String, _ expected: String
  ) -> NetworkError { .setting(layer: layer, kind: kind, name: name, found: found, expected: expected) }

  private static func row(
    _ name: String, _ error: NetworkError, @LayerBuilder _ layers: () -> [Layer]
  ) -> (String, [Layer], NetworkError) { (name, layers(), error) }

  @Test("Layers that cannot be, or cannot follow what they are given, are refused", arguments: networks)
  func refused(name: String, layers: [Layer], error: NetworkError) {
    #expect(throws: error) { try Network(input: .image(height: 3, width: 5), seed: 1, layers: layers) }
  }

  @Test("Each error is one sentence: where, what was expected, what was found", arguments: table)
  func sentences(error: NetworkError, text: String) {
    #expect(error.description == text)
  }
}
