import NumeralPlain
import NumeralTestSupport
import Testing

/// Every plain optimizer: PyTorch's figures, then convergence.
@Suite struct OptimizerTests {
  @Test("The golden file names its reference and has every optimizer that needs no matrices")
  func coverage() throws {
    let file = try #require(GoldenOptimizers.file)
    #expect(file.reference.hasPrefix("PyTorch 2."))
    #expect(Set(file.optimizers.map { $0.name }) == Set(PlainOptimizer.defaults.keys).subtracting(["muon"]))
  }

  @Test("One, two, three and twenty steps end where PyTorch's end", arguments: GoldenOptimizers.file?.optimizers ?? [])
  func steps(_ golden: GoldenOptimizers.Golden) throws {
    let file = try #require(GoldenOptimizers.file)
    // The biases of one dense layer are the parameters.
    let network = try PlainNetwork(
      input: PlainShape(channels: 1), layers: [PlainDescription("dense", ["outputs": file.start.count])])
    let parameters = network.tensors[1]
    parameters.values = file.start
    let optimizer = try PlainOptimizer(golden.name, golden.settings, restraints: Self.decaying)
    var compared = 0
    for (step, gradient) in file.gradients.enumerated() {
      parameters.gradient = gradient
      optimizer.step([parameters])
      guard let expected = golden.parameters["\(step + 1)"] else { continue }
      compared += 1
      // The file has twelve digits.
      let tolerance = Tolerance(absolute: 1e-11, relative: 1e-11)
      #expect(tolerance.firstDifference(parameters.values, references: expected) == nil, "step \(step + 1)")
    }
    #expect(compared == 4)
  }

  /// Weight decay for every parameter, as PyTorch has it without groups.
  private static var decaying: PlainRestraints {
    var restraints = PlainRestraints()
    restraints.decaysBiases = true
    return restraints
  }

  /// Rates with which small networks learn.
  static let rates = [
    "sgd": 0.5, "momentum": 0.1, "nesterov": 0.1, "rmsprop": 0.01, "adagrad": 0.1, "adam": 0.02, "adamw": 0.02,
    "nadam": 0.02, "muon": 0.05,
  ]

  @Test("Every optimizer trains a small network to the right answers", arguments: PlainOptimizer.defaults.keys.sorted())
  func convergence(_ name: String) throws {
    let network = try PlainNetwork(
      input: PlainShape(channels: 4),
      layers: [
        PlainDescription("dense", ["outputs": 12, "activation": "tanh"]), PlainDescription("dense", ["outputs": 3]),
      ])
    network.draw(seed: 1)
    // Three classes: which of the first three numbers is the largest.
    let batch = RandomRows(seed: 2).rows(60, of: 4)
    let labels = batch.map { x in (0..<3).reduce(0) { x[$1] > x[$0] ? $1 : $0 } }
    var settings = ["learningRate": try #require(Self.rates[name])]
    if name == "muon" { settings["othersLearningRate"] = 0.02 }
    let optimizer = try PlainOptimizer(name, settings)
    let first = network.loss(batch, labels)
    for _ in 0..<200 {
      network.backpropagate(batch, labels)
      optimizer.step(network.tensors)
    }
    let last = network.loss(batch, labels)
    #expect(last < first / 4, "\(first), \(last)")
  }

  @Test("A name or a setting that is not known is an error that names it")
  func errors() {
    #expect(throws: PlainError.unknown("optimizer", "lion")) { try PlainOptimizer("lion") }
    #expect(throws: PlainError.setting("momentum", of: "adam")) { try PlainOptimizer("adam", ["momentum": 0.5]) }
    #expect(throws: PlainError.setting("learningRate", of: "sgd")) { try PlainOptimizer("sgd") }
  }
}
