import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import NumeralModels

/// An experiment that takes milliseconds, and its data.
enum SmallExperiment {
  static func dataset(test: Bool = false, count: Int = 120) throws -> Dataset {
    let shape = Shape.image(height: 4, width: 5)
    return Dataset(
      name: "strokes", training: try .synthetic(count, shape: shape, classes: 3, pixelMaximum: 16),
      test: test ? try .synthetic(30, shape: shape, classes: 3, pixelMaximum: 16) : nil, attribution: nil)
  }

  static func setup(epochs: Int = 4, rate: Double = 0.1, parts: PartRules = PartRules()) -> TrainingSetup {
    TrainingSetup(
      hidden: [6],
      training: TrainingOptions(optimizer: .gradientDescent(learningRate: rate), batchSize: .count(7), epochs: epochs),
      parts: parts)
  }

  static func experiment(_ setup: TrainingSetup = setup(), seed: UInt64 = 3, threads: Int = 2) -> Experiment {
    Experiment(recipe: "custom", setup: setup, seed: seed, threads: threads, kernels: .preferred)
  }

  static func result(
    _ setup: TrainingSetup = setup(), seed: UInt64 = 3, threads: Int = 2, dataset: Dataset? = nil, isKept: Bool = true,
    observer: (TrainingEvent) -> TrainingDecision = { _ in .proceed }
  ) throws -> ExperimentResult {
    let dataset = try dataset ?? self.dataset()
    return try experiment(setup, seed: seed, threads: threads).prepare(dataset)
      .run(dataHash: isKept ? dataset.contentHash() : nil, observer: observer)
  }
}
