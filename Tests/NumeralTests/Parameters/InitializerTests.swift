import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct InitializerTests {
  private func draw(_ initializer: Initializer, seed: UInt64, inputs: Int = 300, outputs: Int = 200) throws
    -> (weights: [Double], biases: [Double])
  {
    let network = try Network(input: .features(inputs), seed: seed) { Dense(outputs, initializer: initializer) }
    return (
      network.values(of: network.tensors[0]).map(Double.init), network.values(of: network.tensors[1]).map(Double.init)
    )
  }

  static let distributions: [(initializer: Initializer, variance: Double, kurtosis: Double)] = [
    (.he, 2.0 / 300, 3), (.leCun, 1.0 / 300, 3), (.normal(standardDeviation: 0.01), 1e-4, 3),
    (.glorot, 2.0 / 500, 1.8), (.uniform(-0.5...0.5), 1.0 / 12, 1.8),
  ]

  @Test("Weights have the moments of their distribution, seeds 1 and 2", arguments: distributions, [UInt64(1), 2])
  func moments(
    distribution: (initializer: Initializer, variance: Double, kurtosis: Double), seed: UInt64
  ) throws {
    let (weights, biases) = try draw(distribution.initializer, seed: seed)
    let count = Double(weights.count)
    let mean = weights.reduce(0, +) / count
    let variance = weights.reduce(0) { $0 + $1 * $1 } / count
    let kurtosis = weights.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count / variance / variance
    // Of 60,000 draws: four standard errors of the mean (1/√n), the variance (√(2/n)) and the kurtosis (√(24/n)).
    #expect(abs(mean) < 4 * (distribution.variance / count).squareRoot())
    #expect(abs(variance / distribution.variance - 1) < 4 * (2 / count).squareRoot())
    #expect(abs(kurtosis - distribution.kurtosis) < 4 * (24 / count).squareRoot())
    if case .uniform = distribution.initializer { return }
    #expect(biases.allSatisfy { $0 == 0 })
  }

  @Test("Uniform weights and biases fill their range without its upper end, seed 3")
  func uniform() throws {
    for range: ClosedRange<Float> in [-0.5...0.5, 0.25...0.75, -3...(-1)] {
      let (weights, biases) = try draw(.uniform(range), seed: 3)
      let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
      for values in [weights, biases] { #expect(values.allSatisfy { $0 >= low && $0 < high }) }
      let margin = (high - low) * 0.001
      #expect((weights.min() ?? 1) < low + margin && (weights.max() ?? 0) > high - margin)
      #expect(Set(biases).count > 190)
    }
    let bound = (6.0 / 500).squareRoot()
    let (glorot, _) = try draw(.glorot, seed: 3)
    #expect(glorot.allSatisfy { abs($0) <= bound } && (glorot.max() ?? 0) > bound * 0.999)
  }

  @Test("Rounding never reaches the upper end of a range, seed 4")
  func narrowRange() throws {
    // No number of type Float lies between these two, so half of all draws round to the upper one.
    let (weights, biases) = try draw(.uniform(1...Float(1).nextUp), seed: 4)
    #expect(weights.allSatisfy { $0 == 1 } && biases.allSatisfy { $0 == 1 })
    #expect(try draw(.uniform(0.25...0.25), seed: 4).biases.allSatisfy { $0 == 0.25 })
  }

  @Test("Zeros are zeros")
  func zeros() throws {
    let (weights, biases) = try draw(.zeros, seed: 1)
    #expect(weights.allSatisfy { $0 == 0 } && biases.allSatisfy { $0 == 0 })
  }

  @Test("The same seed gives the same weights, another seed or layer others", arguments: distributions)
  func seeds(distribution: (initializer: Initializer, variance: Double, kurtosis: Double)) throws {
    func network(_ seed: UInt64) throws -> Network {
      try Network(input: .features(15), seed: seed) {
        Dense(15, activation: .relu, initializer: distribution.initializer)
        Dense(15, initializer: distribution.initializer)
      }
    }
    #expect(try network(7).bits == network(7).bits)
    #expect(try network(7).bits != network(8).bits)
    let first = try network(7)
    #expect(first.values(of: first.tensors[0]) != first.values(of: first.tensors[2]))
  }

  @Test("Names are read as they are written, and nothing else is read")
  func names() {
    let all: [Initializer] = [
      .he, .glorot, .leCun, .zeros, .normal(standardDeviation: 0.01), .uniform(-0.5...0.5), .uniform(0...1e-3),
    ]
    for initializer in all { #expect(Initializer(text: initializer.text) == initializer) }
    #expect(Initializer.uniform(-0.5...0.5).text == "uniform:0.5")
    #expect(Initializer.uniform(-0.5...0.25).text == "uniform:-0.5:0.25")
    let bad = [
      "", "He", "normal", "normal:", "normal:-1", "normal:nan", "normal:inf", "normal:1:2", "uniform:-1", "uniform:0",
      "uniform:1:0", "uniform:0:0", "uniform:nan:1", "uniform:0:inf", "uniform:0:1:2", "zeros:1", "he:1", "xavier",
    ]
    for text in bad { #expect(Initializer(text: text) == nil, "\(text)") }
  }

  @Test("The spelling of earlier model files is read")
  func earlierSpelling() {
    #expect(Initializer(text: "normal(0.01)") == .normal(standardDeviation: 0.01))
    #expect(Initializer(text: "uniform(-0.5,0.25)") == .uniform(-0.5...0.25))
    let bad = [
      "normal()", "normal(-1)", "normal(nan)", "normal(1,2)", "normal(1", "normal:1)", "uniform(1)", "uniform(1,0)",
      "uniform(0,inf)", "uniform(0,1,2)", "zeros(1)",
    ]
    for text in bad { #expect(Initializer(text: text) == nil, "\(text)") }
  }

  @Test("A layer without initializer has the one that suits its activation")
  func suited() {
    #expect(Dense(3, activation: .relu).initializer == .he)
    #expect(Dense(3, activation: .leakyReLU()).initializer == .he)
    for activation in [Activation.identity, .sigmoid, .tanh] {
      #expect(Dense(3, activation: activation).initializer == .glorot)
    }
  }
}
