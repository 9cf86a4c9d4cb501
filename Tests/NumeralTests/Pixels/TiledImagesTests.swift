import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct TiledImagesTests {
  /// Everything that a step leaves behind.
  private struct Outcome: Equatable {
    let weights: [UInt32]
    let losses: [UInt32]
    let predictions: [Int32]
    let gradients: [UInt32]
  }

  private func outcome(
    _ network: Network, _ images: LabeledImages, threads: Int, isSparse: Bool?, kernels: KernelSet = .preferred
  ) -> Outcome {
    let plan = TrainingPlan(
      for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads),
      batchSize: images.count, isSparse: isSparse)
    plan.begin()
    for _ in 0..<3 {
      plan.step(0..<images.count, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.5))
    }
    let gradients = plan.gradients(0..<images.count, reduction: .sum)
    return Outcome(
      weights: plan.snapshot().bits, losses: bits(plan.losses.array()), predictions: plan.predictions.array(),
      gradients: bits(gradients.array()))
  }

  private func network(_ input: Shape, units: Int, classes: Int = 4, _ activation: Activation = .relu) throws -> Network
  {
    try Network(input: input, seed: 8) {
      Dense(units, activation: activation, initializer: .uniform(-0.5...0.5))
      Dense(classes, initializer: .uniform(-0.5...0.5))
    }
  }

  @Test(
    "Tiles, lists and floats give the same bits, on any number of threads", arguments: KernelSet.available,
    [1, 3, 10, 16])
  func threeWays(_ kernels: KernelSet, units: Int) throws {
    // Pixels that do and do not divide into patches, counts around a tile and around a chunk.
    for (shape, count) in [
      (Shape.image(height: 9, width: 7), 1), (.image(height: 8, width: 4), 15), (.features(37), 16),
      (.image(height: 3, width: 5), TiledImages.chunkRows - 1),
      (.image(height: 4, width: 4, channels: 2), TiledImages.chunkRows),
      (.image(height: 5, width: 3), TiledImages.chunkRows + 1), (.features(1), 2 * TiledImages.chunkRows + 33),
    ] {
      let images = try LabeledImages.synthetic(count, shape: shape, classes: 4)
      let network = try network(shape, units: units)
      let expected = outcome(network, images, threads: 1, isSparse: false, kernels: kernels)
      #expect(outcome(network, images, threads: 1, isSparse: true, kernels: kernels) == expected)
      for threads in [1, 2, 3, 8] {
        let found = outcome(network, images, threads: threads, isSparse: nil, kernels: kernels)
        #expect(found == expected, "\(count) images of \(shape), \(threads) threads")
      }
    }
  }

  @Test("Tiles, lists and floats give the same bits whatever follows the first layer", arguments: everyOutputActivation)
  func activations(_ activation: Activation) throws {
    let images = try LabeledImages.synthetic(600, shape: .image(height: 9, width: 7), classes: 4, pixelMaximum: 16)
    for network in [
      try network(images.shape, units: 5, activation),
      try Network(input: images.shape, seed: 4) { Dense(4) },
      try Network(input: images.shape, seed: 4) {
        Dense(16, activation: activation)
        Dense(33, activation: activation)
        Dense(4)
      },
    ] {
      let expected = outcome(network, images, threads: 1, isSparse: false)
      #expect(outcome(network, images, threads: 2, isSparse: nil) == expected)
    }
  }

  @Test("Images whose pixels are all zero, or all non-zero, give the same bits", arguments: [UInt8(0), 255])
  func extremes(byte: UInt8) throws {
    let shape = Shape.image(height: 5, width: 7)
    let images = try LabeledImages(
      pixels: [UInt8](repeating: byte, count: 40 * 35), shape: shape, pixelMaximum: 255,
      labels: (0..<40).map { $0 % 4 }, classNames: ["a", "b", "c", "d"])
    let network = try network(shape, units: 10)
    let expected = outcome(network, images, threads: 1, isSparse: false)
    #expect(outcome(network, images, threads: 3, isSparse: nil) == expected)
  }

  @Test("Raw pixels give the bits of lists")
  func raw() throws {
    let images = try LabeledImages.synthetic(90, shape: .image(height: 9, width: 7), classes: 4)
    var network = try network(images.shape, units: 10, .tanh)
    network.pixelScale = .raw
    let expected = outcome(network, images, threads: 1, isSparse: true)
    #expect(outcome(network, images, threads: 2, isSparse: nil) == expected)
  }

  @Test("A selection of a set is packed in its order")
  func selection() throws {
    let all = try LabeledImages.synthetic(100, shape: .image(height: 9, width: 7), classes: 4)
    let images = all.selecting((0..<61).map { ($0 * 37) % 100 })
    let network = try network(images.shape, units: 10)
    let expected = outcome(network, images, threads: 1, isSparse: true)
    #expect(outcome(network, images, threads: 2, isSparse: nil) == expected)
  }

  @Test("Layers that need groups of sixteen leave tiles out, and a full batch trains all the same", arguments: [1, 3])
  func groups(threads: Int) throws {
    let images = try LabeledImages.synthetic(300, shape: .image(height: 9, width: 7), classes: 4)
    let network = try Network(input: images.shape, seed: 8) {
      Dense(7, activation: .relu)
      BatchNormalization()
      Dense(4)
    }
    func train(isSparse: Bool?) -> [UInt32] {
      let plan = TrainingPlan(
        for: network, images: images, kernels: .preferred, pool: ThreadPool(threadCount: threads), batchSize: 300,
        isSparse: isSparse)
      plan.begin()
      for _ in 0..<3 { plan.step(0..<300, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.5)) }
      return plan.snapshot().bits
    }
    #expect(train(isSparse: nil) == train(isSparse: false))
    #expect(train(isSparse: true) == train(isSparse: false))
  }

  @Test("Tiles suit few units and full batches only")
  func suiting() throws {
    let images = try LabeledImages.synthetic(20, shape: .image(height: 3, width: 5), classes: 3)
    #expect(TiledImages.suits(images, scale: .unit, units: 16, batchSize: 20))
    #expect(TiledImages.suits(images, scale: .unit, units: 1, batchSize: 256))
    #expect(!TiledImages.suits(images, scale: .unit, units: 17, batchSize: 20))
    #expect(!TiledImages.suits(images, scale: .unit, units: 10, batchSize: 19))
    #expect(!TiledImages.suits(images, scale: .unit, units: 10, batchSize: nil))
  }

  @Test("A tile of pixels is a patch four rows high, and every pixel is in one tile")
  func patches() throws {
    for (shape, first) in [
      (Shape.image(height: 9, width: 7), [0, 7, 14, 21, 1, 8, 15, 22, 2, 9, 16, 23, 3, 10, 17, 24]),
      (.image(height: 2, width: 3, channels: 2), [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]),
      (.features(20), Array(0..<16)),
    ] {
      let images = try LabeledImages.synthetic(3, shape: shape, classes: 3)
      let narrow = TiledImages(images, scale: .unit, kernels: .preferred, pool: ThreadPool(threadCount: 1))
      let pixels = narrow.tilePixels.array().map { Int($0) }
      #expect(Array(pixels.prefix(16)) == first)
      #expect(pixels.sorted() == Array(0..<shape.count))
      let tiles = narrow.pixels.tilesPerChunk
      #expect((0..<tiles).flatMap { Array(narrow.pixels(ofTiles: $0..<$0 + 1)) } == Array(0..<shape.count))
    }
  }
}
