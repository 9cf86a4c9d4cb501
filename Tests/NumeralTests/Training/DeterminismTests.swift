import NumeralTestSupport
import Testing

@testable import Numeral

/// The promise: the same seed gives the same bits, whatever runs it.
@Suite struct DeterminismTests {
  /// What must not depend on anything but network, images, options and seed.
  private struct Fingerprint: Equatable {
    let weights: [UInt32]
    let history: [UInt64]
    let probabilities: [UInt32]
    let classes: [Int]
  }

  private func train(
    threads: Int, batch: TrainingOptions.BatchSize, kernels: KernelSet = .preferred, activation: Activation = .relu,
    nonzeroShare: Double = 0.19, seed: UInt64 = 1
  ) throws -> Fingerprint {
    let shape = Shape.image(height: 11, width: 9)
    // 303 images: batches of 5 and 128 leave a last one of 3 and 47, fewer than 8 threads.
    let training = try LabeledImages.synthetic(303, shape: shape, classes: 6, nonzeroShare: nonzeroShare)
    let validation = try LabeledImages.synthetic(61, shape: shape, classes: 6, nonzeroShare: nonzeroShare, seed: 2)
    let network = try Network(input: shape, seed: seed) {
      Dense(35, activation: activation)
      Dense(21, activation: activation)
      Dense(6)
    }
    let options = TrainingOptions(batchSize: batch, epochs: 3, seed: seed, threads: threads)
    let outcome = try Trainer(options, kernels: kernels).train(network, on: training, validation: validation)
    let history = outcome.history.flatMap {
      [$0.trainLoss, $0.trainAccuracy, $0.validationLoss ?? -1, $0.validationAccuracy ?? -1].map { $0.bitPattern }
    }
    #expect(history.count == 12 && outcome.ending == .completed)
    let predictions = try outcome.network.predict(validation, threads: threads, kernels: kernels)
    return Fingerprint(
      weights: outcome.network.bits, history: history, probabilities: bits(predictions.probabilities),
      classes: predictions.classes)
  }

  static let batches: [TrainingOptions.BatchSize] = [.count(1), .count(5), .count(128), .count(300), .full]

  @Test("Any number of threads gives the same bits", arguments: batches, KernelSet.available)
  func threads(_ batch: TrainingOptions.BatchSize, _ kernels: KernelSet) throws {
    let one = try train(threads: 1, batch: batch, kernels: kernels)
    for threads in [2, 3, 8] {
      #expect(try train(threads: threads, batch: batch, kernels: kernels) == one, "\(threads) threads")
    }
  }

  @Test("Any number of threads gives the same bits where the first layer is dense", arguments: [5, 128, 300])
  func denseThreads(batch: Int) throws {
    let one = try train(threads: 1, batch: .count(batch), nonzeroShare: 0.9)
    for threads in [2, 3, 8, 40] {
      #expect(try train(threads: threads, batch: .count(batch), nonzeroShare: 0.9) == one, "\(threads) threads")
    }
  }

  @Test("AVX2 and AVX-512 give the same bits", arguments: batches, everyActivation)
  func twins(_ batch: TrainingOptions.BatchSize, _ activation: Activation) throws {
    for (a, b) in KernelSet.twins {
      let first = try train(threads: 1, batch: batch, kernels: a, activation: activation)
      #expect(try train(threads: 2, batch: batch, kernels: b, activation: activation) == first)
    }
  }

  @Test("Two runs give the same bits, another seed others", arguments: KernelSet.available)
  func runs(_ kernels: KernelSet) throws {
    let first = try train(threads: 2, batch: .count(32), kernels: kernels)
    #expect(try train(threads: 2, batch: .count(32), kernels: kernels) == first)
    #expect(try train(threads: 2, batch: .count(32), kernels: kernels, seed: 2) != first)
  }
}
