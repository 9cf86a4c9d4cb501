import NumeralPlain
import NumeralTestSupport
import Testing

/// The standing table of plain layers: backward is the central difference of forward.
@Suite struct LayerTests {
  /// One row: layers on inputs of a shape.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let input: PlainShape
    let layers: [PlainDescription]
    var testDescription: String { name }

    init(_ name: String, _ channels: Int, _ height: Int = 1, _ width: Int = 1, _ layers: PlainDescription...) {
      (self.name, self.layers) = (name, layers)
      input = PlainShape(channels: channels, height: height, width: width)
    }

    func network() throws -> PlainNetwork {
      let network = try PlainNetwork(input: input, layers: layers)
      network.draw(seed: 3)
      return network
    }
  }

  private static func convolution(
    _ outputs: Int, _ kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true, _ activation: String = "tanh"
  ) -> PlainDescription {
    PlainDescription(
      "convolution",
      [
        "outputs": outputs, "kernel": kernel, "stride": stride, "padding": padding, "bias": bias,
        "activation": activation, "initializer": "he",
      ])
  }

  private static func depthwise(
    _ kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true, _ activation: String = "tanh"
  ) -> PlainDescription {
    PlainDescription(
      "depthwiseConvolution",
      [
        "kernel": kernel, "stride": stride, "padding": padding, "bias": bias, "activation": activation,
        "initializer": "he",
      ])
  }

  static let activations = ["identity", "relu", "leaky-relu", "sigmoid", "tanh", "elu", "gelu", "silu"]

  static let rows: [Row] =
    [
      Row("dense", 7, 1, 1, PlainDescription("dense", ["outputs": 4])),
      Row("dense of images", 2, 3, 5, PlainDescription("dense", ["outputs": 4, "activation": "identity"])),
      Row("convolution", 2, 3, 5, convolution(3, 2)),
      Row("convolution with padding", 2, 3, 5, convolution(2, 3, padding: 2, bias: false, "relu")),
      Row("convolution with stride", 3, 5, 7, convolution(2, 3, stride: 2, padding: 1)),
      Row("convolution of all", 2, 3, 5, convolution(2, 5, padding: 1, "identity")),
      Row("depthwise convolution", 3, 3, 5, depthwise(2)),
      Row("depthwise convolution with padding", 2, 3, 5, depthwise(3, padding: 2, bias: false, "relu")),
      Row("depthwise convolution with stride", 3, 5, 7, depthwise(3, stride: 2, padding: 1, "identity")),
      Row("maximum pooling", 2, 5, 7, PlainDescription("pooling", ["kind": "max", "window": 2, "stride": 2])),
      Row(
        "maximum pooling, overlapping", 2, 5, 4,
        PlainDescription("pooling", ["kind": "max", "window": 3, "stride": 1])),
      Row("average pooling", 2, 5, 7, PlainDescription("pooling", ["kind": "average", "window": 2, "stride": 3])),
      Row(
        "average pooling, overlapping", 2, 4, 5,
        PlainDescription("pooling", ["kind": "average", "window": 3, "stride": 1])),
      Row("global average pooling", 3, 2, 5, PlainDescription("pooling", ["kind": "average", "stride": 1])),
      Row("flatten", 2, 3, 5, PlainDescription("flatten")),
      Row("dropout", 2, 3, 5, PlainDescription("dropout", ["rate": 0.4])),
      Row("batch normalization of images", 2, 3, 5, PlainDescription("batchNormalization", ["activation": "tanh"])),
      Row("batch normalization of features", 7, 1, 1, PlainDescription("batchNormalization")),
      Row("layer normalization", 7, 1, 1, PlainDescription("layerNormalization", ["activation": "silu"])),
      Row(
        "residual", 2, 3, 5,
        PlainDescription("residual", ["branch": [convolution(2, 3, padding: 1)], "activation": "gelu"])),
      Row(
        "residual in residual", 2, 3, 5,
        PlainDescription(
          "residual",
          [
            "branch": [
              PlainDescription("batchNormalization"),
              PlainDescription(
                "residual", ["branch": [depthwise(3, padding: 1), PlainDescription("dropout", ["rate": 0.5])]]),
            ]
          ])),
      Row(
        "all of it", 1, 6, 7, convolution(3, 3, bias: false, "identity"),
        PlainDescription("batchNormalization", ["activation": "gelu"]),
        PlainDescription("residual", ["branch": [depthwise(3, padding: 1), convolution(3, 1, "silu")]]),
        PlainDescription("pooling", ["kind": "max", "window": 2, "stride": 2]), PlainDescription("flatten"),
        PlainDescription("layerNormalization"), PlainDescription("dense", ["outputs": 4])),
    ]
    + activations.map { name in
      let slope: [String: any Sendable] = name == "leaky-relu" ? ["slope": 0.2] : [:]
      let settings = slope.merging(["outputs": 6, "activation": name]) { $1 }
      return Row("activation \(name)", 5, 1, 1, PlainDescription("dense", settings))
    }

  /// Half of the numbers, the same each time.
  private static var training: PlainMode {
    .training { layer, sample, place, _ in (layer + sample * 3 + place * 5) % 7 > 2 }
  }

  @Test("Backward is the central difference of forward, by inputs and every tensor", arguments: rows, [1, 5])
  func gradients(_ row: Row, count: Int) throws {
    // The variance of a single number is 0 whatever it is, so its normalization is only a shift.
    let h = 1e-5
    for mode in [Self.training, .inference] {
      let network = try row.network()
      let batch = RandomRows(seed: 11).rows(count, of: row.input.count)
      let outputs = try #require(network.layers.last?.output.count)
      // Any smooth number made of the outputs will do: their sum, each with a weight of its own.
      let weights = RandomRows(seed: 12).rows(count, of: outputs)
      let statistics = network.tensors.filter { $0.kind == .statistic }
      let kept = statistics.map { $0.values }
      func total(_ batch: [[Double]]) -> Double {
        for (tensor, values) in zip(statistics, kept) { tensor.values = values }
        let y = network.forward(batch, mode)
        return zip(y, weights).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      // Differences of a normalized number have a curvature of 1 / σ³, σ about 0.3.
      let tolerance = Tolerance(absolute: 2e-8, relative: 2e-7)
      _ = total(batch)
      let found = network.layers.reversed().reduce(weights) { $1.backward($0) }
      let gradients = network.tensors.map { $0.gradient }
      for s in 0..<count {
        let differences = batch[s].indices.map { place in
          let moved = [h, -h].map { step in
            var moved = batch
            moved[s][place] += step
            return total(moved)
          }
          return (moved[0] - moved[1]) / (2 * h)
        }
        let place = tolerance.firstDifference(found[s], references: differences)
        #expect(place == nil, "inputs of sample \(s): \(place.map { (found[s][$0], differences[$0]) } ?? (0, 0))")
      }
      for (tensor, gradient) in zip(network.tensors, gradients) where tensor.kind != .statistic {
        let differences = tensor.centralDifferences(step: h) { total(batch) }
        let place = tolerance.firstDifference(gradient, references: differences)
        #expect(place == nil, "\(tensor.name): \(place.map { (gradient[$0], differences[$0]) } ?? (0, 0))")
        #expect(count == 1 || gradient.contains { $0 != 0 }, "\(tensor.name) is tested by nothing")
      }
    }
  }

  @Test("The loss's gradient is its central difference, smoothed or not", arguments: [0.0, 0.1, 0.9], [1, 5])
  func loss(smoothing: Double, count: Int) throws {
    let network = try PlainNetwork(input: PlainShape(channels: 3), layers: [PlainDescription("dense", ["outputs": 4])])
    network.draw(seed: 5)
    let batch = RandomRows(seed: 6).rows(count, of: 3)
    let labels = (0..<count).map { $0 % 4 }
    for reduction in [PlainLoss.Reduction.mean, .sum] {
      let (loss, gradient) = network.backpropagate(batch, labels, reduction, smoothing: smoothing)
      let gradients = network.tensors.map { $0.gradient }
      #expect(loss == network.loss(batch, labels, reduction, smoothing: smoothing))
      #expect(gradient.count == count && gradient[0].count == 3)
      for (tensor, gradient) in zip(network.tensors, gradients) {
        let differences = tensor.centralDifferences { network.loss(batch, labels, reduction, smoothing: smoothing) }
        #expect(Tolerance(absolute: 1e-9, relative: 1e-8).firstDifference(gradient, references: differences) == nil)
      }
    }
  }

  @Test("Every activation has the derivative that its differences have, near and far")
  func activations() throws {
    for name in Self.activations {
      let activation = try PlainActivation(name: name, slope: 0.2)
      for x in [-90.0, -6, -1.3, -0.4, -0.01, 0.02, 0.5, 1.7, 5, 90] {
        let difference = (activation.at(x + 1e-6).value - activation.at(x - 1e-6).value) / 2e-6
        let found = activation.at(x).derivative
        #expect(Tolerance(absolute: 1e-8, relative: 1e-7).accepts(found, reference: difference), "\(name) at \(x)")
      }
    }
    #expect(try PlainActivation(name: "sigmoid").at(0).value == 0.5)
    #expect(try PlainActivation(name: "leaky-relu", slope: 0.2).at(-2).value == -0.4)
    #expect(try PlainActivation(name: "elu").at(-1e9).value == -1)
    #expect(throws: PlainError.unknown("activation", "mish")) { try PlainActivation(name: "mish") }
  }

  @Test("A depthwise convolution is a convolution whose weights between different channels are zero")
  func depthwise() throws {
    let input = PlainShape(channels: 3, height: 5, width: 7)
    let own = try PlainNetwork(input: input, layers: [Self.depthwise(3, stride: 2, padding: 1)])
    let whole = try PlainNetwork(input: input, layers: [Self.convolution(3, 3, stride: 2, padding: 1)])
    own.draw(seed: 7)
    for c in 0..<3 {
      for k in 0..<9 { whole.tensors[0].values[(c * 3 + c) * 9 + k] = own.tensors[0].values[c * 9 + k] }
    }
    whole.tensors[1].values = own.tensors[1].values
    let batch = RandomRows(seed: 8).rows(2, of: input.count)
    let expected = whole.forward(batch, .inference)
    for (found, expected) in zip(own.forward(batch, .inference), expected) {
      #expect(found.count == 3 * 3 * 4)
      #expect(Tolerance(absolute: 1e-14, relative: 1e-14).firstDifference(found, references: expected) == nil)
    }
  }

  @Test("Running values move a tenth of the way, the variance by n − 1, and a single number leaves the variance")
  func statistics() throws {
    let network = try PlainNetwork(input: PlainShape(channels: 1), layers: [PlainDescription("batchNormalization")])
    let mode = PlainMode.training { _, _, _, _ in true }
    #expect(network.tensors.map(\.name) == ["0.weight", "0.bias", "0.running_mean", "0.running_var"])
    _ = network.forward([[2], [4], [9]], mode)
    // Mean 5; variance (9 + 1 + 16) / 2 = 13.
    let tolerance = Tolerance(absolute: 1e-15, relative: 1e-15)
    #expect(tolerance.accepts(network.tensors[2].values[0], reference: 0.5))
    #expect(tolerance.accepts(network.tensors[3].values[0], reference: 0.9 + 1.3))
    _ = network.forward([[7]], mode)
    #expect(tolerance.accepts(network.tensors[2].values[0], reference: 0.45 + 0.7))
    #expect(tolerance.accepts(network.tensors[3].values[0], reference: 2.2))
    let before = network.tensors.map { $0.values }
    let found = network.forward([[7]], .inference)[0][0]
    #expect(network.tensors.map { $0.values } == before)
    #expect(tolerance.accepts(found, reference: (7 - 1.15) / (2.2 + 1e-5).squareRoot()))
  }

  @Test("Tensors have the names and shapes of model files")
  func names() throws {
    let network = try PlainNetwork(
      input: PlainShape(channels: 2, height: 5, width: 6),
      layers: [
        Self.convolution(3, 2, bias: false),
        PlainDescription(
          "residual", ["branch": [Self.depthwise(3, padding: 1), PlainDescription("batchNormalization")]]),
        PlainDescription("dense", ["outputs": 4]),
      ])
    #expect(
      network.tensors.map { "\($0.name) \($0.shape)" } == [
        "0.weight [3, 2, 2, 2]", "1.0.weight [3, 1, 3, 3]", "1.0.bias [3]", "1.1.weight [3]", "1.1.bias [3]",
        "1.1.running_mean [3]", "1.1.running_var [3]", "2.weight [4, 60]", "2.bias [4]",
      ])
    #expect(network.layers.map(\.output.count) == [3 * 4 * 5, 60, 4])
  }

  @Test("Dropout is asked layer by layer, those of a branch after their residual layer, and scales what it keeps")
  func dropout() throws {
    let network = try PlainNetwork(
      input: PlainShape(channels: 2),
      layers: [
        PlainDescription("flatten"),
        PlainDescription(
          "residual", ["branch": [PlainDescription("flatten"), PlainDescription("dropout", ["rate": 0.5])]]),
        PlainDescription("dropout", ["rate": 0.75]),
      ])
    var asked: [String] = []
    let y = network.forward(
      [[1, 2]],
      .training { layer, sample, place, rate in
        asked.append("\(layer) \(sample) \(place) \(rate)")
        return place == 1
      })
    #expect(asked == ["3 0 0 0.5", "3 0 1 0.5", "4 0 0 0.75", "4 0 1 0.75"])
    #expect(y == [[0, (2 + 2 / 0.5) / 0.25]])
    #expect(network.forward([[1, 2]], .inference) == [[2, 4]])
  }

  static let wrong: [(PlainDescription, PlainError)] = [
    (PlainDescription("capsule"), .unknown("layer", "capsule")),
    (PlainDescription("residual", ["branch": [PlainDescription("lstm")]]), .unknown("layer", "lstm")),
    (PlainDescription("dense"), .setting("outputs", of: "dense")),
    (PlainDescription("dense", ["outputs": "3"]), .setting("outputs", of: "dense")),
    (PlainDescription("dense", ["outputs": 3, "bias": false]), .setting("bias", of: "dense")),
    (PlainDescription("dense", ["outputs": 3, "activation": "mish"]), .unknown("activation", "mish")),
    (PlainDescription("dense", ["outputs": 3, "activation": "leaky-relu"]), .setting("slope", of: "dense")),
    (PlainDescription("pooling", ["kind": "min", "stride": 1]), .setting("kind", of: "pooling")),
    (
      PlainDescription("residual", ["branch": [PlainDescription("dense", ["outputs": 3])]]),
      .misfit("a branch that changes the shape")
    ),
  ]

  @Test("What is not known or does not fit is an error that names it", arguments: wrong)
  func errors(_ layer: PlainDescription, _ error: PlainError) {
    let input = PlainShape(channels: 2, height: 3, width: 5)
    #expect(throws: error) { try PlainNetwork(input: input, layers: [PlainDescription("flatten"), layer]) }
  }
}
