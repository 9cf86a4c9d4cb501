import Numeral
import NumeralTestSupport
import NumeralModels

extension Model {
  /// A small trained-looking model with everything in it that a file can hold.
  static func forTests(provenance: Provenance? = .forTests) throws -> Model {
    let network = try Network(input: .image(height: 3, width: 5), seed: 9) {
      Dense(4, activation: .leakyReLU(slope: 0.03), initializer: .uniform(-0.5...0.25))
      Dense(6, activation: .tanh, initializer: .normal(standardDeviation: 0.01))
      Dense(3)
    }
    return Model(network: network, pixelMaximum: 16, classNames: ["a", "b c", "ü"], provenance: provenance)
  }
}

extension Model.Provenance {
  /// A provenance with every field set.
  static let forTests = Model.Provenance(
    program: "numeral 0.1.0", recipe: "two-hidden", seed: .max, dataset: "mnist", dataHash: "0123",
    parts: PartRules(test: .official, drawing: 42, validation: .count(7), perClass: 3),
    counts: PartCounts(train: 10, validation: nil, test: 2),
    training: TrainingSettings(
      pixelScale: .unit, initializer: nil, options: TrainingOptions(optimizer: .adam(), batchSize: .full, epochs: 3)),
    keptEpoch: 2)
}

/// The weights of a network, bit for bit.
func bits(_ network: Network) -> [[UInt32]] {
  network.tensors.map { network.values(of: $0).map(\.bitPattern) }
}
