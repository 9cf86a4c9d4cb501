import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct UnitHalvesTests {
  private func network(_ units: [Int], activation: Activation = .relu) throws -> Network {
    try Network(input: .image(height: 9, width: 7), seed: 4) {
      for units in units { Dense(units, activation: activation, initializer: .uniform(-0.5...0.5)) }
      Dense(5, initializer: .uniform(-0.5...0.5))
    }
  }

  @Test("Halves are whole vectors, three or more, and the second takes what is left")
  func halves() {
    for units in [1, 10, 64, 80] { #expect(UnitHalves(units: units) == nil, "\(units)") }
    for (units, half) in [(81, 48), (96, 48), (112, 48), (113, 64), (128, 64), (139, 64), (2048, 1024)] {
      let halves = UnitHalves(units: units)
      #expect(halves?.first == 0..<half && halves?.second == half..<units, "\(units)")
      #expect(halves?[0] == halves?.first && halves?[1] == halves?.second)
    }
  }

  @Test("Only the first layer's units of a network of plain dense layers have halves")
  func networks() throws {
    #expect(try network([128]).unitHalves == UnitHalves(units: 128))
    #expect(try network([128, 200], activation: .sigmoid).unitHalves == UnitHalves(units: 128))
    #expect(try network([32, 200]).unitHalves == nil)
    #expect(try network([128], activation: .gelu).unitHalves == nil)
    #expect(try network([]).unitHalves == nil)
    let mixed = try Network(input: .image(height: 9, width: 7)) {
      Dense(128, activation: .relu)
      Dropout(0.5)
      Dense(5)
    }
    #expect(mixed.unitHalves == nil)
  }

  @Test(
    "The second layer adds the sums of both halves, then the bias, whether or not zeros are left out",
    arguments: KernelSet.available, [(128, 20), (139, 20), (128, 64), (139, 64)])
  func sums(_ kernels: KernelSet, sizes: (Int, Int)) throws {
    let (units, outputs) = sizes
    let network = try network([units, outputs])
    let images = try LabeledImages.synthetic(40, shape: network.input, classes: 5)
    let found = try Predictor(network, threads: 2, kernels: kernels).layerOutputs(images)
    let halves = try #require(network.unitHalves)
    // In files outputs come first.
    let weights = ReferenceKernels.transpose(network.values(of: network.tensors[2]), rows: outputs, columns: units)
    func sums(_ half: Range<Int>) -> [Float] {
      var inputs: [Float] = []
      for picture in 0..<40 {
        let row = found[0][picture * units..<(picture + 1) * units]
        inputs += row.dropFirst(half.lowerBound).prefix(half.count)
      }
      return ReferenceKernels.product(
        inputs, weights: Array(weights[half.lowerBound * outputs..<half.upperBound * outputs]),
        bias: [Float](repeating: 0, count: outputs), samples: 40, terms: half.count, columns: outputs,
        rounding: kernels.rounding)
    }
    let (first, second) = (sums(halves.first), sums(halves.second))
    let bias = network.values(of: network.tensors[3])
    let expected = first.indices.map { max(0, (first[$0] + second[$0]) + bias[$0 % outputs]) }
    #expect(bits(found[1]) == bits(expected))
    let whole = ReferenceKernels.product(
      found[0], weights: weights, bias: bias, samples: 40, terms: units, columns: outputs, rounding: kernels.rounding)
    #expect(bits(found[1]) != bits(whole.map { max(0, $0) }), "one chain gives other bits")
  }

  @Test("Two threads train shards where little lies behind the second layer, and share samples otherwise")
  func plans() throws {
    for (units, threads, expected) in [
      ([128, 64], 2, true), ([128], 2, true), ([139, 7, 9], 2, true), ([128, 64], 1, false), ([128, 64], 3, false),
      ([64, 32], 2, false), ([128, 128, 128], 2, false),
    ] {
      #expect(try ShardedTrainingPlan.suits(network(units), threads: threads) == expected, "\(units), \(threads)")
    }
    let images = try LabeledImages.synthetic(40, shape: .image(height: 9, width: 7), classes: 5)
    let network = try network([128])
    func plan(isSparse: Bool? = nil, updatesApart: Bool = false) -> TrainingPlan {
      TrainingPlan.plan(
        for: network, images: images, kernels: .preferred, pool: ThreadPool(threadCount: 2), isSparse: isSparse,
        updatesApart: updatesApart)
    }
    #expect(plan(isSparse: true) is ShardedTrainingPlan)
    #expect(plan(isSparse: false) is DenseTrainingPlan && plan(isSparse: true, updatesApart: true) is DenseTrainingPlan)
  }
}
