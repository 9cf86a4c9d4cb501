import NumeralTestSupport
import Testing

@testable import Numeral

/// What is left of a training that is cancelled or that diverges: always sound weights.
@Suite struct TrainerInterruptionTests {
  private static let shape = Shape.image(height: 5, width: 7)

  private func network() throws -> Network {
    try Network(input: Self.shape, seed: 1) {
      Dense(16, activation: .relu)
      Dense(4)
    }
  }

  private func images(_ count: Int = 200) throws -> LabeledImages {
    try .synthetic(count, shape: Self.shape, classes: 4, nonzeroShare: 0.3)
  }

  @Test(
    "Cancelled in the middle of an epoch, the weights are those of the last step", arguments: [(1, 1), (1, 3), (3, 2)])
  func cancelledByStep(epoch: Int, step: Int) throws {
    let options = TrainingOptions(batchSize: .count(32), epochs: 5, seed: 9, threads: 2)
    let outcome = try Trainer(options).train(network(), on: images()) { event in
      if case .step(epoch, step, _, _) = event { return .stop }
      return .proceed
    }
    #expect(outcome.ending == .cancelled)
    #expect(outcome.history.count == epoch - 1 && outcome.keptEpoch == epoch - 1)
    // The same steps by hand.
    let plan = TrainingPlan(
      for: try network(), images: try images(), kernels: .preferred, pool: ThreadPool(threadCount: 1))
    for e in 1...epoch {
      plan.begin(shuffledBy: RandomStream(seed: 9, purpose: .shuffle, epoch: e))
      for s in 0..<(e == epoch ? step : 7) {
        plan.step(s * 32..<min(200, s * 32 + 32), reduction: .mean, optimizer: options.optimizer)
      }
    }
    #expect(outcome.network.bits == plan.snapshot().bits)
  }

  @Test("Cancelled after an epoch, the weights are that epoch's", arguments: [1, 2])
  func cancelledByEpoch(last: Int) throws {
    let options = TrainingOptions(batchSize: .count(32), epochs: 5)
    let outcome = try Trainer(options).train(network(), on: images(), validation: images()) { event in
      if case .epoch(let record) = event, record.epoch == last { return .stop }
      return .proceed
    }
    #expect(outcome.ending == .cancelled && outcome.history.count == last && outcome.keptEpoch == last)
    let whole = try Trainer(TrainingOptions(batchSize: .count(32), epochs: last)).train(network(), on: images())
    #expect(outcome.network.bits == whole.network.bits)
  }

  @Test("A training that diverges keeps the last good weights", arguments: KernelSet.available, [true, false])
  func divergence(_ kernels: KernelSet, isWatched: Bool) throws {
    for (rate, batch) in [(1e20, TrainingOptions.BatchSize.full), (3e38, .full), (1e12, .count(16))] {
      for reduction in SoftmaxCrossEntropy.Reduction.allCases {
        let options = TrainingOptions(
          optimizer: .gradientDescent(learningRate: rate), batchSize: batch, epochs: 30, reduction: reduction,
          patience: isWatched ? 20 : nil, threads: 2)
        let outcome = try Trainer(options, kernels: kernels).train(
          network(), on: images(), validation: isWatched ? images(50) : nil)
        #expect(outcome.network.isFinite)
        #expect(outcome.history.allSatisfy { $0.trainLoss.isFinite && ($0.validationLoss ?? 0).isFinite })
        if rate > 1e19 { #expect(outcome.ending == .diverged && outcome.history.count < 30) }
        #expect(outcome.keptEpoch <= outcome.history.count)
        if outcome.keptEpoch == 0 { #expect(try outcome.network.bits == network().bits) }
      }
    }
  }

  @Test("Weights whose validation loss overflows are not the best ones")
  func overflowingValidation() throws {
    // One step of full-batch descent leaves finite weights so large that the outputs overflow.
    let options = TrainingOptions(
      optimizer: .gradientDescent(learningRate: 1e25), batchSize: .full, epochs: 3, patience: 2)
    let outcome = try Trainer(options).train(network(), on: images(), validation: images(50))
    #expect(outcome.ending == .diverged && outcome.keptEpoch == 0)
    #expect(try outcome.network.bits == network().bits)
  }
}
