import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NetworkTests {
  static let input = Shape.image(height: 3, width: 5)

  @Test("The builder reads like the architecture, with conditions and loops")
  func builder() throws {
    func network(deep: Bool, widths: [Int], tail: [Layer] = []) throws -> Network {
      try Network(input: Self.input) {
        if deep { Dense(9, activation: .relu) }
        for width in widths { Dense(width, activation: .tanh) }
        if deep { Dense(5) } else { Dense(6, activation: .sigmoid) }
        tail
        Dense(3)
      }
    }
    #expect(try network(deep: true, widths: [8, 7]).outputShapes.map { $0.count } == [9, 8, 7, 5, 3])
    #expect(try network(deep: false, widths: []).outputShapes.map { $0.count } == [6, 3])
    let tail: [Layer] = [Layer(Dense(4, activation: .leakyReLU(slope: 0.1)))]
    #expect(
      try network(deep: false, widths: [2], tail: tail).layers.map { $0.summary } == [
        "Dense 2, tanh", "Dense 6, sigmoid", "Dense 4, leaky-relu", "Dense 3",
      ])
  }

  @Test("A network's tensors have the shapes that files and PyTorch have")
  func tensors() throws {
    let network = try Network(input: Self.input) {
      Dense(7, activation: .relu)
      Dense(4, activation: .relu)
      Dense(3)
    }
    #expect(network.tensors.map { $0.name } == ["0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias"])
    #expect(network.tensors.map { $0.fileShape } == [[7, 15], [7], [4, 7], [4], [3, 4], [3]])
    #expect(network.tensors.map { $0.rows } == [15, 1, 7, 1, 4, 1])
    #expect(network.tensors.map { $0.count } == [105, 7, 28, 4, 12, 3])
    #expect(network.parameterCount == 159)
    #expect(network.classCount == 3)
    #expect(network.outputShapes == [.features(7), .features(4), .features(3)])
    // A weight of one input is a matrix all the same.
    let narrow = try Network(input: .features(1)) { Dense(2) }
    #expect(narrow.tensors.map { $0.fileShape } == [[2, 1], [2]])
  }

  @Test("An impossible network names layer, expected and found")
  func impossible() {
    let table: [(NetworkError, Shape, [Layer])] = [
      (.noLayers, Self.input, []),
      (.input(.features(0)), .features(0), [Layer(Dense(2))]),
      (.input(.image(height: 0, width: 5)), .image(height: 0, width: 5), [Layer(Dense(2))]),
      (.input(.image(height: -1, width: -1)), .image(height: -1, width: -1), [Layer(Dense(2))]),
      (
        .input(.image(height: 1 << 20, width: 1 << 20, channels: 1 << 20)),
        .image(height: 1 << 20, width: 1 << 20, channels: 1 << 20), [Layer(Dense(2))]
      ),
      (.units(layer: 1, found: 0), Self.input, [Layer(Dense(4)), Layer(Dense(0)), Layer(Dense(2))]),
      (.units(layer: 0, found: -3), Self.input, [Layer(Dense(-3)), Layer(Dense(2))]),
      (.units(layer: 0, found: .max), Self.input, [Layer(Dense(.max)), Layer(Dense(2))]),
      (.slope(layer: 0, found: 1), Self.input, [Layer(Dense(4, activation: .leakyReLU(slope: 1))), Layer(Dense(2))]),
      (
        .slope(layer: 0, found: -0.5), Self.input,
        [Layer(Dense(4, activation: .leakyReLU(slope: -0.5))), Layer(Dense(2))]
      ),
      (
        .outputActivation(layer: 1, found: .relu), Self.input, [Layer(Dense(4)), Layer(Dense(2, activation: .relu))]
      ),
      (
        .initializer(layer: 0, found: "normal:nan"), Self.input,
        [Layer(Dense(2, initializer: .normal(standardDeviation: .nan)))]
      ),
      (
        .initializer(layer: 0, found: "normal:-1.0"), Self.input,
        [Layer(Dense(2, initializer: .normal(standardDeviation: -1)))]
      ),
      (
        .initializer(layer: 1, found: "uniform:-inf:0.0"), Self.input,
        [Layer(Dense(2)), Layer(Dense(2, initializer: .uniform(-Float.infinity...0)))]
      ),
      (
        .parameters(found: (1 << 40) + (1 << 20) + (1 << 21) + 2), .features(1 << 20),
        [Layer(Dense(1 << 20)), Layer(Dense(2))]
      ),
      (.classes(found: 1), Self.input, [Layer(Dense(1))]),
      (.classes(found: 257), Self.input, [Layer(Dense(257))]),
    ]
    for (error, input, layers) in table {
      #expect(throws: error) { try Network(input: input, seed: 1, layers: layers) }
    }
    let slope = [Layer(Dense(4, activation: .leakyReLU(slope: .nan))), Layer(Dense(2))]
    #expect(throws: NetworkError.self) { try Network(input: Self.input, seed: 1, layers: slope) }
  }

  @Test("The smallest and the widest networks can be built")
  func extremes() throws {
    #expect(try Network(input: .features(1)) { Dense(2) }.parameterCount == 4)
    #expect(try Network(input: .features(1)) { Dense(256) }.classCount == 256)
    #expect(
      try Network(input: .features(1)) {
        Dense(4, activation: .leakyReLU(slope: 0)); Dense(2)
      }.classCount == 2)
  }

  @Test("Values set in file order come back in file order and change nothing else")
  func values() throws {
    var network = try Network(input: Self.input) {
      Dense(7, activation: .relu)
      Dense(3)
    }
    let before = network.tensors.map { network.values(of: $0) }
    for (index, tensor) in network.tensors.enumerated() {
      let values = (0..<tensor.count).map { Float($0) + Float(index) / 8 }
      try network.setValues(values, of: tensor)
      #expect(network.values(of: tensor) == values)
      for (other, unchanged) in network.tensors.enumerated() where other > index {
        #expect(network.values(of: unchanged) == before[other])
      }
    }
    // [outputs, inputs]: output 2's weight of input 4.
    #expect(network.matrix(named: "0.weight")[4, 2] == Float(2 * 15 + 4))
    #expect(network.matrix(named: "0.bias")[0, 6] == 6.125)
  }

  @Test("Values that do not fit or are not finite change nothing")
  func badValues() throws {
    var network = try Network(input: Self.input) { Dense(3) }
    let before = network.bits
    let bias = network.tensors[1]
    #expect(throws: NetworkError.tensor(name: "0.bias", expected: 3, found: 2)) {
      try network.setValues([1, 2], of: bias)
    }
    for bad in [Float.nan, .infinity, -.infinity] {
      #expect(throws: NetworkError.notFinite(tensor: "0.bias")) { try network.setValues([1, bad, 2], of: bias) }
    }
    #expect(network.bits == before)
    #expect(network.isFinite)
  }

  @Test("Copies are values: changing one leaves the other as it was")
  func copies() throws {
    let original = try Network(input: Self.input) { Dense(3) }
    let before = original.bits
    var copy = original
    try copy.setValues([1, 2, 3], of: copy.tensors[1])
    #expect(original.bits == before)
    #expect(copy.values(of: copy.tensors[1]) == [1, 2, 3])
    var second = copy
    try second.setValues([4, 5, 6], of: second.tensors[1])
    #expect(copy.values(of: copy.tensors[1]) == [1, 2, 3])
  }

  @Test("A network with one parameter that is not finite is not finite", arguments: [Float.nan, .infinity, -.infinity])
  func finite(bad: Float) throws {
    let network = try Network(input: Self.input) { Dense(3) }
    #expect(network.isFinite)
    network.matrix(named: "0.weight")[14, 2] = bad
    #expect(!network.isFinite)
  }
}
