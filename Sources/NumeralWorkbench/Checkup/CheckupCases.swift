import Numeral

/// The images and networks that the arithmetic is checked with: small, and the same each time.
enum CheckupCases {
  /// One kind of layer, with the layers that must precede it.
  struct LayerRow {
    /// The kind's name in model files.
    let kind: String
    /// Its name in the finding.
    let name: String
    let layers: [Layer]

    init(_ kind: String, _ name: String, @LayerBuilder layers: () -> [Layer]) {
      (self.kind, self.name, self.layers) = (kind, name, layers())
    }
  }

  /// Every kind of layer.
  static let layers: [LayerRow] = [
    LayerRow("dense", "dense") { Dense(9, activation: .tanh) },
    LayerRow("convolution", "convolution") { Convolution(5, kernel: 3, stride: 2, padding: 1, activation: .tanh) },
    LayerRow("depthwiseConvolution", "depthwise convolution") {
      Convolution(5, kernel: 3)
      DepthwiseConvolution(kernel: 3, stride: 2, padding: 1, activation: .tanh)
    },
    LayerRow("pooling", "maximum pooling") {
      Convolution(3, kernel: 2)
      Pooling.maximum(2)
    },
    LayerRow("pooling", "average pooling") {
      Convolution(3, kernel: 2)
      Pooling.average(3, stride: 2)
    },
    LayerRow("pooling", "global average pooling") {
      Convolution(4, kernel: 2, activation: .tanh)
      Pooling.globalAverage
    },
    LayerRow("flatten", "flatten") {
      Convolution(3, kernel: 3)
      Flatten()
    },
    LayerRow("dropout", "dropout") {
      Convolution(3, kernel: 3, activation: .tanh)
      Dropout(0.25)
      Dense(9)
      Dropout(0.5)
    },
    LayerRow("batchNormalization", "batch normalization") {
      Convolution(4, kernel: 3, hasBias: false)
      BatchNormalization(activation: .tanh)
    },
    LayerRow("layerNormalization", "layer normalization") {
      Dense(8)
      LayerNormalization(activation: .tanh)
    },
    LayerRow("residual", "residual") {
      Convolution(3, kernel: 3)
      Residual { Convolution(3, kernel: 3, padding: 1, activation: .gelu) }
    },
  ]

  /// Every optimizer.
  static let optimizers: [Optimizer] = [
    .gradientDescent(learningRate: 0.1), .momentum(learningRate: 0.1), .nesterov(learningRate: 0.1), .rmsProp(),
    .adaGrad(), .adam(), .adamW(), .muon(), .nAdam(),
  ]

  /// An activation by name; leaky ReLU gets a slope that is large enough to matter.
  static func activation(_ name: String) -> Activation? {
    name == Activation.leakyReLU().name ? .leakyReLU(slope: 0.25) : Activation(name: name)
  }

  /// Images of 9×11 with strokes of 16 greys.
  static func images(_ count: Int) -> LabeledImages? {
    var stream = RandomStream(seed: 7, purpose: .draw)
    var pixels: [UInt8] = []
    for _ in 0..<count * 99 { pixels.append(stream.uniform() < 0.4 ? UInt8(1 + stream.integer(below: 16)) : 0) }
    let labels = (0..<count).map { UInt8($0 % 3) }
    return try? LabeledImages(
      pixels: pixels, shape: .image(height: 9, width: 11), pixelMaximum: 16, labels: labels,
      classNames: ["a", "b", "c"])
  }

  /// A network for those images: the given layers, then a dense layer for three classes.
  ///
  /// Pixels are multiples of 1/16 and parameters are multiples of 1/64, so the sums of the first layer are exact in
  /// float32 and in `Double`. Equal numbers in a pooling window and sums of exactly 0 are therefore the same in both.
  static func network(_ layers: [Layer]) -> Network? {
    guard
      var network = try? Network(
        input: .image(height: 9, width: 11), seed: 5, layers: layers + [Layer(Dense(3))])
    else { return nil }
    for tensor in network.tensors {
      let values = network.values(of: tensor).map { ($0 * 64).rounded() / 64 }
      guard (try? network.setValues(values, of: tensor)) != nil else { return nil }
    }
    return network
  }

  /// Networks for checks of the whole arithmetic: one of dense layers, one with convolutions, and one for each kind of
  /// layer.
  static func networks() -> [Network]? {
    let dense: [Layer] = [
      Layer(Dense(37, activation: .relu)), Layer(Dense(19, activation: .relu)),
    ]
    let convolutional: [Layer] = [
      Layer(Convolution(6, kernel: 3, activation: .relu)), Layer(Pooling.maximum(2)),
      Layer(Convolution(5, kernel: 2, activation: .relu)),
    ]
    let networks = ([dense, convolutional] + layers.map { $0.layers }).compactMap { network($0) }
    return networks.count == 2 + layers.count ? networks : nil
  }
}
