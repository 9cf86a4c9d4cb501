#if canImport(Glibc)
  import CAllocationCounter
  import NumeralTestSupport
  import Testing

  @testable import Numeral

  /// A step runs tens of thousands of times a second; an allocation in it is a lock and a cache miss each time.
  @Suite struct AllocationTests {
    /// Counts the allocations of every thread of a pool.
    private final class Counting: ParallelWork, @unchecked Sendable {
      let counts: Buffer<Int>

      init(threads: Int) { counts = Buffer(repeating: 0, count: threads) }

      override func perform(_ stage: Stage, thread: Int) {
        if stage.number == 0 {
          allocation_counter_start()
        } else {
          counts[thread] = allocation_counter_stop()
        }
      }
    }

    @Test("The counter counts what a thread allocates, and only while it is asked to")
    func counter() {
      allocation_counter_start()
      let buffers = (0..<10).map { Buffer<Float>(repeating: 0, count: $0 + 1) }
      let count = allocation_counter_stop()
      #expect(count >= 20 && buffers.count == 10)
      allocation_counter_start()
      #expect(allocation_counter_stop() == 0)
    }

    @Test(
      "Training steps allocate nothing once the first is done",
      arguments: [1, 2, 3], [16, 100, 300, 600])
    func steps(threads: Int, batch: Int) throws {
      let images = try LabeledImages.synthetic(600, shape: .image(height: 9, width: 7), classes: 4)
      let pool = ThreadPool(threadCount: threads)
      for (isSparse, units, optimizer, apart) in [
        (true, 12, .gradientDescent(learningRate: 0.1), false), (true, 192, .gradientDescent(learningRate: 0.1), false),
        (false, 12, .gradientDescent(learningRate: 0.1), false), (nil, 12, .gradientDescent(learningRate: 0.1), false),
        (true, 12, .momentum(learningRate: 0.1), true), (true, 192, .momentum(learningRate: 0.1), true),
        (false, 12, .adaGrad(), false), (nil, 12, .adamW(), true), (true, 192, .adam(), false),
      ] as [(Bool?, Int, Optimizer, Bool)] {
        let network = try Network(input: images.shape, seed: 1) {
          Dense(units, activation: .relu)
          Dense(13, activation: .tanh)
          Dense(4)
        }
        let plan = TrainingPlan(
          for: network, images: images, kernels: .preferred, pool: pool, batchSize: batch, isSparse: isSparse,
          updatesApart: apart)
        let counting = Counting(threads: threads)
        plan.begin()
        plan.step(0..<batch, reduction: .mean, optimizer: optimizer)
        pool.run(counting, stage: 0)
        // An epoch's beginning, whole batches, and a last one that is smaller.
        plan.begin(shuffledBy: batch < images.count ? RandomStream(seed: 1, purpose: .shuffle) : nil)
        var first = 0
        while first < images.count {
          plan.step(first..<min(images.count, first + batch), reduction: .mean, optimizer: optimizer)
          first += batch
        }
        pool.run(counting, stage: 1)
        #expect(
          counting.counts.array() == [Int](repeating: 0, count: threads),
          "sparse: \(String(describing: isSparse)), \(optimizer)")
      }
    }

    @Test("Drawing the images of an epoch allocates nothing", arguments: [1, 2, 3])
    func augmentation(threads: Int) throws {
      let images = try LabeledImages.synthetic(40, shape: .image(height: 9, width: 7, channels: 2), classes: 4)
      let augmentation = Augmentation(
        shift: 1, rotation: 10, scale: 0.9...1.1, shear: 0.1, elastic: .init(), stroke: 0.5, noise: 0.1, cutout: 2)
      let pool = ThreadPool(threadCount: threads)
      let augmented = AugmentedImages(images, by: augmentation, seed: 1, kernels: .preferred, pool: pool)
      let counting = Counting(threads: threads)
      // What the library makes once is made before it counts.
      augmented.draw(epoch: 1)
      pool.run(counting, stage: 0)
      augmented.draw(epoch: 2)
      augmented.draw(epoch: 3)
      pool.run(counting, stage: 1)
      #expect(counting.counts.array() == [Int](repeating: 0, count: threads))
    }

    @Test(
      "So do those of networks with layers of any kind", arguments: [1, 2, 3], [16, 100, 300])
    func layers(threads: Int, batch: Int) throws {
      let images = try LabeledImages.synthetic(600, shape: .image(height: 9, width: 7), classes: 4)
      let pool = ThreadPool(threadCount: threads)
      for normalizes in [true, false] {
        let network = try Network(input: images.shape, seed: 1) {
          Convolution(3, kernel: 3, padding: 1, activation: normalizes ? .identity : .gelu)
          if normalizes { BatchNormalization(activation: .relu) }
          Pooling.maximum(2)
          Residual(activation: .relu) {
            Dropout(0.2)
            Convolution(3, kernel: 3, padding: 1)
          }
          Convolution(4, kernel: 2, stride: 2, padding: 1)
          Pooling.average(2, stride: 1)
          Dense(5, activation: .silu)
          LayerNormalization()
          Dropout(0.5)
          Dense(4)
        }
        let update = UpdateSettings(
          optimizer: .adam(), clipping: normalizes ? .norm(1) : nil, averaging: normalizes ? 0.9 : nil)
        let plan = TrainingPlan(for: network, images: images, kernels: .preferred, pool: pool, batchSize: batch)
        plan.prepare(update)
        let counting = Counting(threads: threads)
        plan.begin()
        plan.draw(seed: 1, epoch: 1)
        plan.step(0..<batch, reduction: .mean, update: update)
        pool.run(counting, stage: 0)
        plan.begin(shuffledBy: RandomStream(seed: 1, purpose: .shuffle))
        plan.draw(seed: 1, epoch: 2)
        var first = 0
        while first < images.count {
          plan.step(first..<min(images.count, first + batch), reduction: .mean, update: update)
          first += batch
        }
        pool.run(counting, stage: 1)
        #expect(counting.counts.array() == [Int](repeating: 0, count: threads), "normalizes: \(normalizes)")
      }
    }
  }
#endif
