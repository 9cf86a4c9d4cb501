import Testing

@testable import Numeral

@Suite struct LayerTests {
  /// A layer, what it is given, and its form: the shape of its outputs and its tensors as rows by columns.
  struct Row: Sendable, CustomTestStringConvertible {
    let layer: Layer
    let input: Shape
    let output: Shape
    let tensors: [String]
    let summary: String
    var testDescription: String { "\(summary) on \(input)" }

    init(_ layers: [Layer], _ input: Shape, _ output: Shape, _ tensors: [String], _ summary: String) {
      layer = layers[0]
      self.input = input
      self.output = output
      self.tensors = tensors
      self.summary = summary
    }
  }

  private static func row(
    _ input: Shape, gives output: Shape, _ tensors: [String], _ summary: String, @LayerBuilder _ layer: () -> [Layer]
  ) -> Row { Row(layer(), input, output, tensors, summary) }

  private static func image(_ height: Int, _ width: Int, _ channels: Int = 1) -> Shape {
    .image(height: height, width: width, channels: channels)
  }

  static let rows: [Row] = [
    row(.features(1), gives: .features(7), ["weight 1×7", "bias 1×7"], "Dense 7") { Dense(7) },
    row(image(3, 5), gives: .features(7), ["weight 15×7", "bias 1×7"], "Dense 7, relu") {
      Dense(7, activation: .relu)
    },
    row(image(3, 5, 2), gives: .features(10), ["weight 30×10", "bias 1×10"], "Dense 10") { Dense(10) },
    row(image(7, 9, 2), gives: image(5, 7, 4), ["weight 18×4", "bias 1×4"], "Convolution 4, 3×3") {
      Convolution(4, kernel: 3)
    },
    row(image(7, 9), gives: image(4, 5, 4), ["weight 9×4"], "Convolution 4, 3×3, stride 2, padding 1, gelu") {
      Convolution(4, kernel: 3, stride: 2, padding: 1, hasBias: false, activation: .gelu)
    },
    row(image(3, 5), gives: image(1, 2, 6), ["weight 25×6", "bias 1×6"], "Convolution 6, 5×5, stride 3, padding 2") {
      Convolution(6, kernel: 5, stride: 3, padding: 2)
    },
    row(
      image(7, 9, 2), gives: image(4, 5, 2), ["weight 9×2", "bias 1×2"],
      "Depthwise convolution 3×3, stride 2, padding 1, relu"
    ) { DepthwiseConvolution(kernel: 3, stride: 2, padding: 1, activation: .relu) },
    row(image(7, 9, 2), gives: image(5, 7, 2), ["weight 9×2"], "Depthwise convolution 3×3") {
      DepthwiseConvolution(kernel: 3, hasBias: false)
    },
    row(image(5, 7, 3), gives: image(2, 3, 3), [], "Pooling, max of 2×2") { Pooling.maximum(2) },
    row(image(5, 7, 3), gives: image(2, 3, 3), [], "Pooling, average of 3×3, stride 2") {
      Pooling.average(3, stride: 2)
    },
    row(image(5, 7, 3), gives: .features(3), [], "Pooling, global average") { Pooling.globalAverage },
    row(image(5, 7, 3), gives: .features(105), [], "Flatten") { Flatten() },
    row(image(5, 7, 3), gives: image(5, 7, 3), [], "Dropout 0.25") { Dropout(0.25) },
    row(
      image(5, 7, 3), gives: image(5, 7, 3), ["weight 1×3", "bias 1×3", "running_mean 1×3", "running_var 1×3"],
      "Batch normalization, relu"
    ) { BatchNormalization(activation: .relu) },
    row(
      .features(8), gives: .features(8), ["weight 1×8", "bias 1×8", "running_mean 1×8", "running_var 1×8"],
      "Batch normalization"
    ) { BatchNormalization() },
    row(.features(8), gives: .features(8), ["weight 1×8", "bias 1×8"], "Layer normalization, silu") {
      LayerNormalization(activation: .silu)
    },
    row(image(5, 7), gives: image(5, 7), [], "Residual, elu") { Residual(activation: .elu) { Dropout(0) } },
  ]

  @Test("A layer gives a shape and needs tensors that follow from its input, and says what it is", arguments: rows)
  func forms(_ row: Row) throws {
    let form = try row.layer.form(for: row.input, at: 0)
    #expect(form.output == row.output)
    #expect(form.tensors.map { "\($0.name) \($0.rows)×\($0.columns)" } == row.tensors)
    #expect(form.tensors.allSatisfy { $0.fileShape.reduce(1, *) == $0.rows * $0.columns })
    #expect(row.layer.summary == row.summary)
  }

  @Test("Names and order of tensors are those of PyTorch, trained ones first")
  func names() throws {
    let network = try Network(input: .image(height: 4, width: 5)) {
      Convolution(2, kernel: 3, padding: 1)
      Residual {
        BatchNormalization()
        Residual { Convolution(2, kernel: 1, hasBias: false) }
      }
      Dense(3)
    }
    #expect(
      network.tensors.map(\.name) == [
        "0.weight", "0.bias", "1.0.weight", "1.0.bias", "1.1.0.weight", "2.weight", "2.bias", "1.0.running_mean",
        "1.0.running_var",
      ])
    #expect(network.parameterCount == 18 + 2 + 2 + 2 + 4 + 40 * 3 + 3)
    #expect(network.values(of: network.tensors[2]) == [1, 1] && network.values(of: network.tensors[8]) == [1, 1])
    #expect(network.values(of: network.tensors[3]) == [0, 0] && network.values(of: network.tensors[7]) == [0, 0])
    // Every layer draws numbers of its own.
    #expect(network.values(of: network.tensors[0])[0] != network.values(of: network.tensors[4])[0])
  }
}
