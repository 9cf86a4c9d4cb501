import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct EnsembleTests {
  private func network(_ seed: UInt64, classes: Int = 5, width: Int = 7) throws -> Network {
    try Network(input: .image(height: 9, width: width), seed: seed) {
      Dense(12, activation: .tanh, initializer: .uniform(-0.5...0.5))
      Dense(classes, initializer: .uniform(-0.5...0.5))
    }
  }

  private func images(_ count: Int = 41) throws -> LabeledImages {
    try .synthetic(count, shape: .image(height: 9, width: 7), classes: 5)
  }

  /// Means of some predictions and the losses of the labels, computed the plain way.
  private func mean(_ all: [Predictions], labels: [UInt8]) -> (probabilities: [Float], losses: [Double]) {
    let probabilities = all[0].probabilities.indices.map { place in
      Float(all.reduce(0.0) { $0 + Double($1.probabilities[place]) } / Double(all.count))
    }
    let losses = labels.enumerated().map { -log(Double(probabilities[$0 * all[0].classCount + Int($1)])) }
    return (probabilities, losses)
  }

  private func expectMean(of all: [Predictions], _ made: Predictions, _ labels: [UInt8]) {
    let expected = mean(all, labels: labels)
    #expect(bits(made.probabilities) == bits(expected.probabilities))
    for image in 0..<made.count {
      let row = made.probabilities(at: image)
      #expect(made.classes[image] == row.firstIndex(of: row.max() ?? .nan))
    }
    // One rounding to a float.
    let tolerance = Tolerance(absolute: 1e-7, relative: 1e-6)
    #expect(tolerance.firstDifference(made.losses.map { Double($0) }, references: expected.losses) == nil)
  }

  @Test("Probabilities are the means, classes the largest of them, losses −ln of the label's; seeds 1 to 3")
  func means() throws {
    let networks = try [1, 2, 3].map { try network($0) }
    let images = try images()
    let made = try Ensemble(networks, threads: 2).predict(images)
    expectMean(of: try networks.map { try $0.predict(images) }, made, images.labels)
    #expect(made.count == 41 && made.classCount == 5)
    // The means are not those of one network, and the mean loss not the mean of the losses.
    #expect(try made.losses != networks[0].predict(images).losses)
  }

  @Test("Two networks whose probabilities are known exactly give exact means")
  func exact() throws {
    // Weights of zero leave softmax of the biases: equal ones, and ones that are far apart.
    func network(_ bias: [Float]) throws -> Network {
      var network = try Network(input: .image(height: 9, width: 7), seed: 1) { Dense(2, initializer: .zeros) }
      let tensor = try #require(network.tensors.last)
      try network.setValues(bias, of: tensor)
      return network
    }
    let all = try self.images(12)
    let images = try LabeledImages(
      pixels: (0..<12).flatMap { all.pixels(at: $0) }, shape: all.shape, pixelMaximum: 255,
      labels: (0..<12).map { UInt8($0 % 2) }, classNames: ["0", "1"])
    let made = try Ensemble([network([0, 0]), network([200, 0])]).predict(images)
    for image in 0..<12 {
      #expect(made.probabilities(at: image) == [0.75, 0.25] && made.classes[image] == 0)
      let expected = image % 2 == 0 ? -log(0.75) : -log(0.25)
      #expect(Tolerance(absolute: 0, relative: 1e-7).accepts(Double(made.losses[image]), reference: expected))
    }
    // Of equal means the first class counts.
    let even = try Ensemble([network([200, 0]), network([0, 200])]).predict(images)
    #expect(even.classes == [Int](repeating: 0, count: 12) && even.probabilities(at: 0) == [0.5, 0.5])
  }

  @Test("One network that reads images once gives the bits of its predictor")
  func single() throws {
    let (network, images) = (try network(4), try images())
    let (made, own) = (try Ensemble([network]).predict(images), try network.predict(images))
    #expect(bits(made.probabilities) == bits(own.probabilities) && bits(made.losses) == bits(own.losses))
    #expect(made.classes == own.classes)
  }

  @Test("With copies the mean goes over the image and each copy, made by one draw for all images")
  func copies() throws {
    let (networks, images) = (try [5, 6].map { try network($0) }, try images())
    let augmentation = Augmentation(shift: 1, rotation: 20, elastic: .init(alpha: 5, sigma: 2))
    let made = try Ensemble(networks, augmentation: .init(copies: 3, augmentation: augmentation)).predict(images)
    let distorter = ImageDistorter(augmentation, shape: images.shape, kernels: .preferred)
    var all = try networks.map { try $0.predict(images) }
    for copy in 1...3 {
      let bytes = Buffer<UInt8>(repeating: 0, count: images.count * images.shape.count)
      for image in 0..<images.count {
        distorter.distort(
          images, image: image, from: RandomStream(seed: 0, purpose: .augmentation, epoch: copy, sample: 0),
          into: bytes, at: image)
      }
      let distorted = try LabeledImages(
        pixels: bytes.array(), shape: images.shape, pixelMaximum: 255, labels: images.labels,
        classNames: images.classNames)
      all += try networks.map { try $0.predict(distorted) }
    }
    expectMean(of: all, made, images.labels)
    #expect(try made.probabilities != Ensemble(networks).predict(images).probabilities)
  }

  @Test("An image's probabilities have the same bits alone, among others and on any number of threads")
  func sameBits() throws {
    let (networks, images) = (try [7, 8].map { try network($0) }, try images(70))
    let augmentation = TestTimeAugmentation(copies: 2)
    let whole = try Ensemble(networks, augmentation: augmentation, threads: 1).predict(images)
    for threads in [2, 3, 8] {
      let other = try Ensemble(networks, augmentation: augmentation, threads: threads).predict(images)
      #expect(bits(other.probabilities) == bits(whole.probabilities) && bits(other.losses) == bits(whole.losses))
    }
    let ensemble = try Ensemble(networks, augmentation: augmentation)
    for index in [0, 33, 69] {
      let alone = try ensemble.predict(images.selecting([index]))
      #expect(bits(alone.probabilities) == bits(whole.probabilities(at: index)))
    }
  }

  @Test("Images without labels have no losses")
  func unlabeled() throws {
    let images = try images(5)
    let plain = try LabeledImages(
      pixels: (0..<5).flatMap { images.pixels(at: $0) }, shape: images.shape, pixelMaximum: 255, labels: [],
      classNames: images.classNames)
    let made = try Ensemble([network(1), network(2)]).predict(plain)
    #expect(made.count == 5 && made.losses.isEmpty)
  }

  @Test("Networks that cannot be averaged are refused")
  func misfits() throws {
    let first = try network(1)
    #expect(throws: EnsembleError.noNetworks) { try Ensemble([]) }
    #expect(
      throws: EnsembleError.input(
        network: 2, expected: .image(height: 9, width: 7), found: .image(height: 9, width: 8))
    ) {
      try Ensemble([first, network(2), network(3, width: 8)])
    }
    #expect(throws: EnsembleError.classes(network: 1, expected: 5, found: 4)) {
      try Ensemble([first, network(2, classes: 4)])
    }
    var raw = try network(2)
    raw.pixelScale = .raw
    #expect(throws: EnsembleError.pixelScale(network: 1, expected: .unit, found: .raw)) { try Ensemble([first, raw]) }
    let others = try LabeledImages.synthetic(3, shape: .image(height: 7, width: 9), classes: 5)
    let ensemble = try Ensemble([first, network(2)])
    #expect(throws: EnsembleError.network(.images(expected: first.input, found: others.shape))) {
      try ensemble.predict(others)
    }
  }
}
