import Numeral
import NumeralData
import NumeralModels

/// A named network with its training and its data: a published system with the figures of its authors, or one of ours.
public struct Recipe: Sendable {
  /// Its name on the command line.
  public let name: String
  /// One sentence about it.
  public let summary: String
  /// What its authors reported; ``PublishedResult/ours`` for our own recipes.
  public let published: PublishedResult
  /// The dataset of a training that has no recipe and names no data.
  public static let standardData = "mnist"

  /// The dataset it is trained on if none is given.
  public let data: String
  /// The network and its training.
  public let setup: TrainingSetup

  /// The recipe of a name, or nil.
  public init?(name: String) {
    guard let recipe = Recipe.all.first(where: { $0.name == name }) else { return nil }
    self = recipe
  }

  init(
    name: String, summary: String, published: PublishedResult = .ours, data: String = Recipe.standardData,
    setup: TrainingSetup
  ) {
    self.name = name
    self.summary = summary
    self.published = published
    self.data = data
    self.setup = setup
  }

  /// All recipes.
  public static let all = publishedSystems + own

  /// The published systems that `numeral reproduce` trains again.
  public static let publishedSystems: [Recipe] = [
    Recipe(
      name: "two-hidden",
      summary: "Two hidden ReLU layers, mini-batches; with validation and test parts",
      published: .twoHidden,
      setup: TrainingSetup(
        hidden: [128, 64], activation: .relu, initializer: .he,
        training: TrainingOptions(optimizer: .gradientDescent(learningRate: 0.1), batchSize: .count(128), epochs: 15))),
    Recipe(
      name: "tiny",
      summary: "Ten hidden units, full-batch gradient descent on 41,000 rows",
      published: .tiny,
      setup: TrainingSetup(
        hidden: [10], activation: .relu, initializer: .uniform(-0.5...0.5),
        training: TrainingOptions(optimizer: .gradientDescent(learningRate: 0.1), batchSize: .full, epochs: 500),
        parts: PartRules(test: .official, drawing: 42_000, validation: .count(1_000)))),
    Recipe(
      name: "one-hidden",
      summary: "One hidden ReLU layer, mini-batches",
      published: .oneHidden,
      // Batch, rate and epochs are ours: the published system does not state them.
      setup: TrainingSetup(
        hidden: [128], activation: .relu, initializer: .he,
        training: TrainingOptions(optimizer: .gradientDescent(learningRate: 0.2), batchSize: .count(64), epochs: 10))),
    Recipe(
      name: "sigmoid",
      summary: "One hidden sigmoid layer, full batch, equally many images of each class, summed gradient",
      published: .sigmoid,
      // The printed rate, on pixels of 0 to 255: with pixels of 0 to 1 no rate and no number of images reached the
      // published figure (Documentation/Architecture.md). Images per class are not printed; the number is ours.
      setup: TrainingSetup(
        hidden: [256], pixelScale: .raw, activation: .sigmoid, initializer: .normal(standardDeviation: 0.01),
        training: TrainingOptions(
          optimizer: .gradientDescent(learningRate: 0.00001), batchSize: .full, epochs: 100, reduction: .sum),
        parts: PartRules(perClass: 1_000))),
    Recipe(
      name: "digits",
      summary: "Two hidden layers on the built-in 8×8 digits; needs no data and takes a second",
      published: .digits,
      data: BuiltInDigits.name,
      // The sizes, the rate and the epochs are ours: the published system does not state them.
      setup: TrainingSetup(
        hidden: [64, 32], activation: .relu, initializer: .he,
        training: TrainingOptions(optimizer: .gradientDescent(learningRate: 0.1), batchSize: .count(16), epochs: 40))),
  ]
}
