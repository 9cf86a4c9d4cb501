import NumeralCheckup
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct TrainerTests {
  private static let shape = Shape.image(height: 5, width: 7)

  private func network(seed: UInt64 = 1) throws -> Network {
    try Network(input: Self.shape, seed: seed) {
      Dense(16, activation: .relu)
      Dense(4)
    }
  }

  private func images(_ count: Int = 200, noise: Double = 0.1, nonzeroShare: Double = 0.3) throws -> LabeledImages {
    try .synthetic(count, shape: Self.shape, classes: 4, nonzeroShare: nonzeroShare, noise: noise)
  }

  /// The same images with the wrong labels: the better it learns, the higher their loss.
  private func mislabeled() throws -> LabeledImages {
    let good = try images()
    return try LabeledImages(
      pixels: (0..<good.count).flatMap { good.pixels(at: $0) }, shape: good.shape, pixelMaximum: 255,
      labels: good.labels.map { ($0 + 1) % 4 }, classNames: good.classNames)
  }

  // MARK: Learning

  @Test("A set that can be separated is learnt to the last image", arguments: everyActivation, KernelSet.available)
  func learning(_ activation: Activation, _ kernels: KernelSet) throws {
    let network = try Network(input: Self.shape) {
      Dense(16, activation: activation)
      Dense(4)
    }
    let options = TrainingOptions(
      optimizer: .gradientDescent(learningRate: 0.5), batchSize: .count(16), epochs: 40, threads: 2)
    let outcome = try Trainer(options, kernels: kernels).train(network, on: images(), validation: images())
    #expect(outcome.ending == .completed && outcome.history.map { $0.epoch } == Array(1...40))
    #expect(outcome.history[39].trainLoss < outcome.history[0].trainLoss / 5)
    #expect(outcome.history[39].trainAccuracy == 1 && outcome.history[39].validationAccuracy == 1)
    let predictions = try outcome.network.predict(images(), kernels: kernels)
    #expect(try predictions.classes == images().targets)
    #expect(network.bits != outcome.network.bits && outcome.keptEpoch == 40)
  }

  @Test("Full-batch loss falls with every epoch, and the first is that of the network before training")
  func descent() throws {
    let network = try network()
    let images = try images()
    let options = TrainingOptions(batchSize: .full, epochs: 30, threads: 2)
    let history = try Trainer(options).train(network, on: images).history
    for (before, after) in zip(history, history.dropFirst()) { #expect(after.trainLoss < before.trainLoss) }
    let losses = try network.predict(images).losses
    #expect(history[0].trainLoss == losses.reduce(0) { $0 + Double($1) } / Double(images.count))
  }

  @Test("Validation figures are those of the weights after the epoch")
  func validation() throws {
    let (training, validation) = (try images(), try images(77, noise: 0.5))
    let outcome = try Trainer(TrainingOptions(epochs: 3)).train(network(), on: training, validation: validation)
    let predictions = try outcome.network.predict(validation)
    let right = zip(predictions.classes, validation.targets).count { $0 == $1 }
    #expect(outcome.history[2].validationLoss == predictions.losses.reduce(0) { $0 + Double($1) } / 77)
    #expect(outcome.history[2].validationAccuracy == Double(right) / 77)
  }

  @Test("Steps are counted with the smaller last batch, epochs after their steps")
  func events() throws {
    var events: [String] = []
    let options = TrainingOptions(batchSize: .count(80), epochs: 2)
    _ = try Trainer(options).train(network(), on: images()) { event in
      switch event {
      case .step(let epoch, let step, let steps, let epochs): events.append("\(epoch)/\(epochs): \(step)/\(steps)")
      case .epoch(let record): events.append("epoch \(record.epoch)")
      }
      return .proceed
    }
    #expect(events == ["1/2: 1/3", "1/2: 2/3", "1/2: 3/3", "epoch 1", "2/2: 1/3", "2/2: 2/3", "2/2: 3/3", "epoch 2"])
  }

  // MARK: Early stopping

  @Test("Early stopping keeps the weights of the lowest validation loss", arguments: [1, 2, 5])
  func earlyStopping(patience: Int) throws {
    let options = TrainingOptions(
      optimizer: .gradientDescent(learningRate: 0.3), batchSize: .count(16), epochs: 200, patience: patience,
      threads: 2)
    // Wrong labels: the loss rises from the first epoch on. Noise: it falls, then rises.
    for validation in [try mislabeled(), try images(60, noise: 0.8)] {
      let training = try images(60, noise: 0.8).selecting(Array(0..<30))
      let outcome = try Trainer(options).train(network(), on: training, validation: validation)
      let losses = outcome.history.map { $0.validationLoss ?? .nan }
      let best = losses.indices.reduce(0) { losses[$1] < losses[$0] ? $1 : $0 } + 1
      #expect(outcome.ending == .stoppedEarly)
      #expect(outcome.bestEpoch == best && outcome.keptEpoch == best)
      #expect(outcome.history.count == best + patience)
      var short = options
      short.epochs = best
      short.patience = nil
      let again = try Trainer(short).train(network(), on: training)
      #expect(outcome.network.bits == again.network.bits)
    }
  }

  @Test("Without patience the last weights are kept, and the best epoch is told all the same")
  func lastWeights() throws {
    let options = TrainingOptions(optimizer: .gradientDescent(learningRate: 0.3), epochs: 6)
    let outcome = try Trainer(options).train(network(), on: images(), validation: mislabeled())
    #expect(outcome.ending == .completed && outcome.history.count == 6)
    #expect(outcome.bestEpoch == 1 && outcome.keptEpoch == 6)
    let alone = try Trainer(options).train(network(), on: images())
    #expect(alone.bestEpoch == nil && alone.network.bits == outcome.network.bits)
    #expect(alone.history.allSatisfy { $0.validationLoss == nil && $0.validationAccuracy == nil })
  }

  // MARK: What does not fit

  @Test("Network, images and options that do not fit are refused")
  func errors() throws {
    let trainer = try Trainer(TrainingOptions(epochs: 1, patience: 1))
    let (network, good) = (try network(), try images(5))
    let unlabeled = try LabeledImages(
      pixels: good.pixels(at: 0), shape: good.shape, pixelMaximum: 255, labels: [], classNames: good.classNames)
    let turned = try LabeledImages.synthetic(5, shape: .image(height: 7, width: 5), classes: 4)
    let five = try LabeledImages.synthetic(5, shape: Self.shape, classes: 5)
    #expect(throws: TrainingError.patienceWithoutValidation) { try trainer.train(network, on: good) }
    for (bad, error) in [
      (unlabeled, TrainingError.unlabeled), (good.selecting([]), .noImages),
      (turned, .network(.images(expected: Self.shape, found: turned.shape))),
      (five, .network(.classCount(expected: 4, found: 5))),
    ] {
      #expect(throws: error) { try trainer.train(network, on: bad, validation: good) }
      #expect(throws: error) { try trainer.train(network, on: good, validation: bad) }
    }
  }
}
