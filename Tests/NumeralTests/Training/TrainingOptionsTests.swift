import Testing

@testable import Numeral

@Suite struct TrainingOptionsTests {
  private static func rate(_ rate: Double) -> TrainingOptions {
    TrainingOptions(optimizer: .gradientDescent(learningRate: rate))
  }

  static let bad: [(TrainingOptions, TrainingError)] = [
    (rate(-1), .learningRate(-1)), (rate(0), .learningRate(0)), (rate(.infinity), .learningRate(.infinity)),
    (rate(1e39), .learningRate(.infinity)), (rate(1e-50), .learningRate(0)),
    (TrainingOptions(batchSize: .count(0)), .batchSize(0)), (TrainingOptions(batchSize: .count(-8)), .batchSize(-8)),
    (TrainingOptions(epochs: 0), .epochs(0)), (TrainingOptions(epochs: -1), .epochs(-1)),
    (TrainingOptions(patience: 0), .patience(0)), (TrainingOptions(threads: 0), .threads(0)),
    (TrainingOptions(threads: -1), .threads(-1)), (TrainingOptions(threads: 1025), .threads(1025)),
    (TrainingOptions(threads: 2000), .threads(2000)),
  ]

  @Test("Options that cannot work are refused before training", arguments: bad)
  func checks(options: TrainingOptions, error: TrainingError) {
    #expect(throws: error) { try Trainer(options) }
  }

  static let badUpdates: [(TrainingOptions, String)] = [
    (TrainingOptions(clipping: .norm(0)), "the bound of the gradients' norm is 0.0, expected a positive finite number"),
    (
      TrainingOptions(clipping: .norm(.infinity)),
      "the bound of the gradients' norm is inf, expected a positive finite number"
    ),
    (TrainingOptions(clipping: .value(-1)), "the bound of a gradient is -1.0, expected a positive finite number"),
    (TrainingOptions(clipping: .value(.nan)), "the bound of a gradient is nan, expected a positive finite number"),
    (TrainingOptions(regularization: .init(l1: -0.1)), "the L1 penalty is -0.1, expected 0 to 1"),
    (TrainingOptions(regularization: .init(l2: 1.5)), "the L2 penalty is 1.5, expected 0 to 1"),
    (TrainingOptions(regularization: .init(l2: .nan)), "the L2 penalty is nan, expected 0 to 1"),
    (
      TrainingOptions(regularization: .init(maxNorm: 0)),
      "the largest norm of a unit's weights is 0.0, expected a positive finite number"
    ),
    (TrainingOptions(regularization: .init(labelSmoothing: 1)), "the label smoothing is 1.0, expected 0 to 0.999999"),
    (TrainingOptions(averaging: 1), "the decay of the average is 1.0, expected 0 to 0.999999"),
    (TrainingOptions(averaging: -0.5), "the decay of the average is -0.5, expected 0 to 0.999999"),
  ]

  @Test("Clipping, regularization and averaging that cannot work are refused in one sentence", arguments: badUpdates)
  func updates(options: TrainingOptions, sentence: String) {
    let error = #expect(throws: TrainingError.self) { try Trainer(options) }
    #expect(error?.description == sentence)
  }

  @Test("A rate that is not a number is refused")
  func notANumber() {
    do {
      _ = try Trainer(Self.rate(.nan))
      Issue.record("accepted")
    } catch {
      guard case .learningRate(let rate) = error, rate.isNaN else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("Defaults and extremes that can work are accepted")
  func good() throws {
    _ = try Trainer(TrainingOptions())
    _ = try Trainer(TrainingOptions(batchSize: .count(.max), epochs: .max, patience: .max, threads: 1024))
    _ = try Trainer(Self.rate(Double(Float.leastNonzeroMagnitude)))
  }

  static let sentences: [(TrainingError, String)] = [
    (.learningRate(-1), "the learning rate is -1.0, expected a positive finite number"),
    (.learningRate(.nan), "the learning rate is nan, expected a positive finite number"),
    (.batchSize(0), "the batch size is 0, expected 1 or more"),
    (
      .normalizedBatch(5000),
      "the batch has 5000 images and the network normalizes over it, expected at most 4096; make batches smaller"
    ),
    (.epochs(0), "the number of epochs is 0, expected 1 or more"),
    (.patience(0), "the patience is 0 epochs, expected 1 or more"),
    (
      .patienceWithoutValidation,
      "early stopping watches the validation loss, but there is no validation part; hold one out, or set no patience"
    ),
    (.threads(2000), "the number of threads is 2000, expected 1 to 1024"),
    (.unlabeled, "the images have no labels, expected one each; training needs them"),
    (.noImages, "there are no images to train on"),
    (.network(.classCount(expected: 10, found: 3)), "the network tells 10 classes apart, the images have 3"),
  ]

  @Test("Each error is one sentence: what is wrong, what was expected", arguments: sentences)
  func text(error: TrainingError, text: String) {
    #expect(error.description == text)
  }
}
