import NumeralTestSupport
import Testing

@testable import Numeral

/// What averaging and label smoothing do to a training, seen from outside.
@Suite struct TrainerUpdateTests {
  private func images(_ seed: UInt64 = 1) throws -> LabeledImages {
    try LabeledImages.synthetic(90, shape: .image(height: 5, width: 7), classes: 4, seed: seed)
  }

  private func network() throws -> Network {
    try Network(input: .image(height: 5, width: 7), seed: 1) {
      Dense(9, activation: .relu)
      Dense(4)
    }
  }

  private func train(_ change: (inout TrainingOptions) -> Void) throws -> TrainingOutcome {
    var options = TrainingOptions(batchSize: .count(16), epochs: 4, threads: 2)
    change(&options)
    return try Trainer(options).train(network(), on: images(), validation: images(2))
  }

  @Test("The average does not change the training, and is what is validated and kept")
  func averaging() throws {
    let plain = try train { _ in }
    let averaged = try train { $0.averaging = 0.9 }
    #expect(averaged.history.map { $0.trainLoss } == plain.history.map { $0.trainLoss })
    #expect(averaged.network.bits != plain.network.bits)
    let losses = try averaged.network.predict(images(2)).losses
    #expect(averaged.history.last?.validationLoss == losses.reduce(0.0) { $0 + Double($1) } / 90)
  }

  @Test("An average that keeps nothing is the parameters themselves")
  func nothingKept() throws {
    let (plain, averaged) = (try train { _ in }, try train { $0.averaging = 0 })
    // θ is reached by adding a difference, which rounds.
    let tolerance = Tolerance(absolute: 1e-7, relative: 1e-6)
    for tensor in plain.network.tensors {
      let (found, expected) = (averaged.network.values(of: tensor), plain.network.values(of: tensor))
      #expect(tolerance.firstDifference(found.map(Double.init), references: expected.map(Double.init)) == nil)
    }
  }

  @Test("Label smoothing raises the training loss; the validation loss is that of the plain target")
  func smoothing() throws {
    let smoothed = try train { $0.regularization.labelSmoothing = 0.3 }
    let losses = try smoothed.network.predict(images(2)).losses
    #expect(smoothed.history.last?.validationLoss == losses.reduce(0.0) { $0 + Double($1) } / 90)
    // The target is 0.775 and three times 0.075; no loss gets below its entropy, −0.775 ln 0.775 − 3 · 0.075 ln 0.075.
    #expect(try #require(smoothed.history.last).trainLoss > 0.78)
  }

  static let updates: [@Sendable (inout TrainingOptions) -> Void] = [
    { $0.clipping = .norm(0.1) }, { $0.clipping = .value(0.001) }, { $0.regularization.l1 = 0.01 },
    { $0.regularization.l2 = 0.01 }, { $0.regularization.maxNorm = 0.5 }, { $0.regularization.labelSmoothing = 0.1 },
    { $0.averaging = 0.9 }, { $0.optimizer = .muon() },
  ]

  @Test("Each setting changes the weights, the same way on any number of threads", arguments: updates.indices)
  func each(_ index: Int) throws {
    let plain = try train { _ in }
    let one = try train {
      Self.updates[index](&$0)
      $0.threads = 1
    }
    #expect(one.network.bits != plain.network.bits)
    for threads in [2, 3, 8] {
      let many = try train {
        Self.updates[index](&$0)
        $0.threads = threads
      }
      #expect(
        many.network.bits == one.network.bits && many.history.map { $0.trainLoss } == one.history.map { $0.trainLoss })
    }
  }
}
