import NumeralTestSupport
import Testing

@testable import Numeral

/// Trainings on images that change from epoch to epoch.
@Suite struct AugmentedTrainingTests {
  private static let augmentation = Augmentation(rotation: 10, elastic: .init(alpha: 20, sigma: 3))

  private func train(
    threads: Int, batch: TrainingOptions.BatchSize = .count(16), augmentation: Augmentation = augmentation,
    kernels: KernelSet = .preferred, nonzeroShare: Double = 0.19
  ) throws -> [UInt32] {
    let shape = Shape.image(height: 11, width: 9)
    let images = try LabeledImages.synthetic(103, shape: shape, classes: 6, nonzeroShare: nonzeroShare)
    let network = try Network(input: shape, seed: 1) {
      Dense(35, activation: .relu)
      Dense(6)
    }
    let options = TrainingOptions(batchSize: batch, epochs: 3, augmentation: augmentation, threads: threads)
    let outcome = try Trainer(options, kernels: kernels).train(network, on: images)
    return outcome.network.bits + outcome.history.map { UInt32(truncatingIfNeeded: $0.trainLoss.bitPattern) }
  }

  private static let batches: [TrainingOptions.BatchSize] = [.count(16), .full]

  @Test(
    "Any number of threads gives the same bits, whatever the first layer reads", arguments: batches,
    KernelSet.available)
  func threads(_ batch: TrainingOptions.BatchSize, _ kernels: KernelSet) throws {
    for (noise, nonzeroShare) in [(0, 0.19), (0.2, 0.19), (0, 0.9)] {
      var augmentation = Self.augmentation
      augmentation.noise = noise
      func trained(_ threads: Int) throws -> [UInt32] {
        try train(
          threads: threads, batch: batch, augmentation: augmentation, kernels: kernels, nonzeroShare: nonzeroShare)
      }
      let one = try trained(1)
      for threads in [2, 3, 8] { #expect(try trained(threads) == one, "\(threads) threads, noise \(noise)") }
    }
  }

  @Test("AVX2 and AVX-512 give the same bits")
  func twins() throws {
    for (first, second) in KernelSet.twins {
      #expect(try train(threads: 2, kernels: first) == train(threads: 2, kernels: second))
    }
  }

  @Test("A training that distorts learns from other images than one that does not")
  func changes() throws {
    #expect(try train(threads: 1) != train(threads: 1, augmentation: .none))
    #expect(try train(threads: 1, batch: .full) != train(threads: 1, batch: .full, augmentation: .none))
  }

  @Test("Distortions that leave every byte give the bits of a training without")
  func still() throws {
    let still = Augmentation(elastic: .init(alpha: 0, sigma: 3))
    for batch: TrainingOptions.BatchSize in [.count(16), .full] {
      #expect(
        try train(threads: 2, batch: batch, augmentation: still)
          == train(threads: 2, batch: batch, augmentation: .none))
    }
  }

  @Test("Lists made anew are those of the images as they are, also with more non-zero pixels", arguments: [1, 3])
  func relist(threads: Int) throws {
    let shape = Shape.image(height: 11, width: 9)
    let pool = ThreadPool(threadCount: threads)
    let few = try LabeledImages.synthetic(50, shape: shape, classes: 3, nonzeroShare: 0.05)
    let listed = NonzeroPixels(of: few, kernels: .preferred, pool: pool)
    for share in [0.9, 0.1, 0.5] {
      let images = try LabeledImages.synthetic(50, shape: shape, classes: 3, nonzeroShare: share, seed: 9)
      listed.relist(images, kernels: .preferred, pool: pool)
      let fresh = NonzeroPixels(of: images, kernels: .preferred, pool: pool)
      #expect(listed.firsts.array() == fresh.firsts.array())
      let records = (0..<50).map { image in
        ReferenceKernels.nonzeroRecord(
          images.pixels(at: image), pixelsPerPass: NonzeroPixels.pixelsPerPass, passes: listed.passes)
      }
      for (image, record) in records.enumerated() {
        let first = Int(listed.firsts[image])
        #expect(listed.records.array(first..<first + record.count) == record)
      }
    }
  }
}
