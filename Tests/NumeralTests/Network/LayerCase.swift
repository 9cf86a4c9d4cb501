import NumeralTestSupport
import Testing

@testable import Numeral

/// A small network with layers of every kind: a row of the tables that go over them.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let name: String
  let input: Shape
  /// The images of a batch.
  let count: Int
  let layers: [Layer]
  var testDescription: String { "\(name), \(count) of \(input)" }

  static let classes = 3

  init(_ name: String, _ input: Shape, count: Int, @LayerBuilder layers: () -> [Layer]) {
    self.name = name
    self.input = input
    self.count = count
    self.layers = layers()
  }

  /// The network with numbers at random in every tensor, so that nothing is zero or one by chance.
  func network(seed: UInt64 = 3) throws -> Network {
    var network = try Network(input: input, seed: nil, layers: layers)
    for (index, tensor) in network.tensors.enumerated() {
      var stream = RandomStream.test(seed &* 1000 &+ UInt64(index))
      let values = stream.floats(tensor.count)
      switch tensor.kind {
      case .weight:
        // Sums of about the size of their terms, whatever their number.
        let bound = min(0.9, 2 / Float(tensor.rows).squareRoot())
        try network.setValues(values.map { $0 * bound }, of: tensor)
      case .bias: try network.setValues(values.map { $0 * 0.4 }, of: tensor)
      case .gain: try network.setValues(values.map { 1 + $0 / 2 }, of: tensor)
      case .statistic:
        let isMean = tensor.name.hasSuffix("mean")
        try network.setValues(values.map { isMean ? $0 * 0.3 : 1 + $0 / 2 }, of: tensor)
      }
    }
    return network
  }

  func images(_ count: Int? = nil, seed: UInt64 = 1) throws -> LabeledImages {
    try .synthetic(
      count ?? self.count, shape: input, classes: LayerCase.classes, nonzeroShare: 0.6, noise: 0.7, seed: seed)
  }

  /// The same network with a batch of another size.
  func with(count: Int) -> LayerCase { LayerCase(name, input, count: count) { layers } }
}

extension LayerCase {
  private static func image(_ height: Int, _ width: Int, _ channels: Int = 1) -> Shape {
    .image(height: height, width: width, channels: channels)
  }

  /// Windows of every size on images of 3×5, above another convolution so that deltas flow through.
  static let convolutions: [LayerCase] = {
    let windows = [
      (1, 1, 0), (1, 2, 0), (1, 3, 0), (2, 1, 0), (2, 1, 1), (2, 2, 0), (2, 2, 1), (2, 3, 1), (3, 1, 0), (3, 1, 1),
      (3, 1, 2), (3, 2, 0), (3, 2, 1), (3, 2, 2), (3, 3, 0), (3, 3, 2), (5, 1, 1), (5, 1, 2), (5, 1, 4), (5, 2, 1),
      (5, 2, 3), (5, 3, 2), (5, 3, 4),
    ]
    return windows.enumerated().map { number, window in
      let (kernel, stride, padding) = window
      let hasBias = number % 2 == 0
      return LayerCase(
        "convolution of \(kernel), stride \(stride), padding \(padding)" + (hasBias ? "" : " without bias"),
        image(3, 5, number % 3 + 1), count: number % 4 == 0 ? 17 : 5
      ) {
        Convolution(2, kernel: 3, padding: 1, hasBias: !hasBias, activation: .tanh)
        Convolution(3, kernel: kernel, stride: stride, padding: padding, hasBias: hasBias, activation: .relu)
        Dense(classes)
      }
    }
  }()

  /// A window for each channel, above a convolution so that deltas flow through, with more channels than a panel has.
  static let depthwise: [LayerCase] = {
    let windows = [(1, 1, 0), (2, 1, 1), (2, 2, 0), (3, 1, 0), (3, 1, 1), (3, 2, 1), (3, 3, 2), (5, 1, 2), (5, 2, 3)]
    return windows.enumerated().map { number, window in
      let (kernel, stride, padding) = window
      let hasBias = number % 2 == 0
      return LayerCase(
        "depthwise convolution of \(kernel), stride \(stride), padding \(padding)" + (hasBias ? "" : " without bias"),
        image(3, 5), count: number % 4 == 0 ? 17 : 5
      ) {
        Convolution(number % 3 + 4, kernel: 3, padding: 1, activation: number % 2 == 0 ? .relu : .tanh)
        DepthwiseConvolution(
          kernel: kernel, stride: stride, padding: padding, hasBias: hasBias,
          activation: number % 3 == 0 ? .gelu : .relu)
        Dense(classes)
      }
    } + [
      LayerCase("depthwise first, then mixed and normalized", image(4, 6, 3), count: 18) {
        DepthwiseConvolution(kernel: 3, padding: 1)
        Convolution(5, kernel: 1, hasBias: false)
        BatchNormalization(activation: .relu)
        DepthwiseConvolution(kernel: 2, stride: 2, hasBias: false)
        BatchNormalization(activation: .silu)
        Dense(classes)
      }
    ]
  }()

  /// Windows side by side, overlapping, and with rows and columns that none covers.
  static let poolings: [LayerCase] = {
    let poolings: [(String, Pooling)] = [
      ("largest of 2", .maximum(2)), ("largest of 2, overlapping", .maximum(2, stride: 1)),
      ("largest of 3, stride 2", .maximum(3, stride: 2)), ("largest of 1, stride 2", .maximum(1, stride: 2)),
      ("mean of 2", .average(2)), ("mean of 2, overlapping", .average(2, stride: 1)),
      ("mean of 3, stride 2", .average(3, stride: 2)), ("mean of 2, stride 3", .average(2, stride: 3)),
      ("mean of all", .globalAverage),
    ]
    let activations: [Activation] = [.relu, .tanh, .leakyReLU(slope: 0.2), .identity, .elu]
    return poolings.enumerated().map { number, pooling in
      LayerCase("\(pooling.0)", image(5, 7), count: 5) {
        Convolution(3, kernel: 3, padding: 1, activation: activations[number % 5])
        pooling.1
        Dense(classes)
      }
    } + [
      LayerCase("largest of 2 on even sizes", image(4, 6), count: 18) {
        Convolution(3, kernel: 3, padding: 1, activation: .relu)
        Pooling.maximum(2)
        Convolution(2, kernel: 2, padding: 1)
        Pooling.maximum(2, stride: 1)
        Dense(classes)
      },
      LayerCase("pooling first", image(5, 6, 2), count: 5) {
        Pooling.average(2)
        Convolution(3, kernel: 2, activation: .relu)
        Pooling.globalAverage
        Dense(classes)
      },
      LayerCase("mean of all as logits", image(3, 5), count: 5) {
        Convolution(classes, kernel: 3, padding: 1)
        Pooling.globalAverage
      },
    ]
  }()

  static let normalizations: [LayerCase] =
    [5, 16, 17, 37].flatMap { count in
      [
        LayerCase("batch normalization of planes", image(3, 5), count: count) {
          Convolution(3, kernel: 3, padding: 1, hasBias: false)
          BatchNormalization(activation: .relu)
          Convolution(2, kernel: 2, stride: 2, activation: .tanh)
          BatchNormalization()
          Dense(classes)
        },
        LayerCase("batch normalization of rows", image(3, 5), count: count) {
          Dense(7, activation: .tanh)
          BatchNormalization(activation: .elu)
          Dense(18)
          BatchNormalization(activation: .relu)
          Dense(classes)
        },
        LayerCase("batch normalization of images and logits", image(3, 5, 2), count: count) {
          BatchNormalization()
          Dense(classes)
          BatchNormalization()
        },
      ]
    } + [
      LayerCase("batch normalization, one image", image(3, 5), count: 1) {
        Convolution(3, kernel: 3, hasBias: false)
        BatchNormalization(activation: .sigmoid)
        Dense(classes)
      },
      LayerCase("layer normalization", image(3, 5), count: 17) {
        Dense(7, activation: .relu)
        LayerNormalization(activation: .tanh)
        Dense(18)
        LayerNormalization()
        Dense(classes)
      },
      LayerCase("layer normalization of features and logits", .features(13), count: 5) {
        LayerNormalization(activation: .relu)
        Dense(classes)
        LayerNormalization()
      },
      LayerCase("layer normalization of a flattened image", image(3, 5), count: 21) {
        Convolution(2, kernel: 2, activation: .relu)
        Flatten()
        LayerNormalization(activation: .silu)
        Dense(classes)
      },
    ]

  static let residuals: [LayerCase] = [
    LayerCase("residual", image(3, 5), count: 5) {
      Convolution(2, kernel: 3, padding: 1, activation: .relu)
      Residual(activation: .relu) { Convolution(2, kernel: 3, padding: 1, activation: .tanh) }
      Dense(classes)
    },
    LayerCase("residual whose branch ends in batch normalization", image(3, 5), count: 17) {
      Convolution(2, kernel: 3, padding: 1, hasBias: false)
      BatchNormalization(activation: .relu)
      Residual(activation: .relu) {
        Convolution(2, kernel: 3, padding: 1, hasBias: false)
        BatchNormalization(activation: .relu)
        Convolution(2, kernel: 3, padding: 1, hasBias: false)
        BatchNormalization()
      }
      Pooling.globalAverage
      Dense(classes)
    },
    LayerCase("residual inside residual", image(3, 5), count: 5) {
      Convolution(2, kernel: 2, padding: 1, activation: .leakyReLU(slope: 0.3))
      Residual {
        Convolution(2, kernel: 1, activation: .relu)
        Residual(activation: .gelu) {
          BatchNormalization(activation: .relu)
          Convolution(2, kernel: 3, padding: 1)
        }
      }
      Dense(classes)
    },
    LayerCase("residual first, of rows", image(3, 5), count: 18) {
      Flatten()
      Residual(activation: .silu) { Dense(15, activation: .relu) }
      Residual { Dense(15) }
      Dense(classes)
    },
    LayerCase("residual first, of images", image(3, 5, 2), count: 18) {
      Residual { Convolution(2, kernel: 3, padding: 1, activation: .relu) }
      Residual(activation: .elu) { Dropout(0.25) }
      Dense(classes)
    },
    LayerCase("residual as logits", image(3, 5), count: 5) {
      Dense(classes)
      Residual { Dense(classes, activation: .tanh) }
    },
  ]

  static let dropouts: [LayerCase] = [
    LayerCase("dropout of planes and rows", image(3, 5), count: 18) {
      Convolution(2, kernel: 3, padding: 1, activation: .relu)
      Dropout(0.3)
      Dense(7, activation: .sigmoid)
      Dropout(0.5)
      Dense(classes)
    },
    LayerCase("dropout of pixels and logits", image(3, 5), count: 5) {
      Dropout(0.2)
      Convolution(3, kernel: 2)
      Dropout(0)
      Dense(classes)
      Dropout(0.4)
    },
    LayerCase("dropout inside residual, before normalization", image(3, 5), count: 17) {
      Convolution(2, kernel: 3, padding: 1)
      Residual {
        BatchNormalization(activation: .relu)
        Dropout(0.5)
        Convolution(2, kernel: 3, padding: 1)
      }
      Dropout(0.1)
      BatchNormalization()
      Dense(classes)
    },
  ]

  static let activations: [LayerCase] = [Activation.elu, .gelu, .silu, .sigmoid, .leakyReLU(slope: 0.2)].flatMap {
    activation in
    [
      LayerCase("\(activation.name) of dense layers", image(3, 5), count: 13) {
        Dense(7, activation: activation)
        Dense(4, activation: activation)
        Dense(classes)
      },
      LayerCase("\(activation.name) of convolutions and normalization", image(3, 5), count: 6) {
        Convolution(2, kernel: 2, activation: activation)
        BatchNormalization(activation: activation)
        Pooling.maximum(2, stride: 1)
        Flatten()
        LayerNormalization(activation: activation)
        Dense(classes)
      },
    ]
  }

  static let mixes: [LayerCase] = [
    LayerCase("all of it", image(6, 7, 2), count: 17) {
      Convolution(3, kernel: 3, padding: 1, hasBias: false)
      BatchNormalization(activation: .gelu)
      Pooling.maximum(2)
      Residual(activation: .relu) {
        Convolution(3, kernel: 3, padding: 1, activation: .silu)
        Dropout(0.2)
      }
      Convolution(4, kernel: 2, stride: 2, padding: 1, activation: .elu)
      Pooling.average(2, stride: 1)
      Flatten()
      LayerNormalization()
      Dense(5, activation: .relu)
      BatchNormalization()
      Dense(classes)
    },
    LayerCase("many channels", image(4, 3), count: 5) {
      Convolution(9, kernel: 2, activation: .relu)
      Convolution(5, kernel: 2, padding: 1, activation: .tanh)
      Convolution(17, kernel: 1)
      Pooling.globalAverage
      Dense(classes)
    },
  ]

  static let all = convolutions + depthwise + poolings + normalizations + residuals + dropouts + activations + mixes

  /// Batches that are walked in chunks, and those that must not be.
  static let large: [LayerCase] = [
    mixes[0].with(count: 300), depthwise[5].with(count: 300), convolutions[12].with(count: 300),
    convolutions[8].with(count: 700),
    normalizations[1].with(count: 530), activations[2].with(count: 270), dropouts[0].with(count: 300),
    residuals[0].with(count: 513), normalizations[13].with(count: 290),
  ]
}
