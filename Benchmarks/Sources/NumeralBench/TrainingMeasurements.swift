import Foundation
import Numeral
import NumeralData

/// The dataset of the benchmarks, read once.
enum MNIST {
  static func load() throws -> Dataset {
    try DataSource("mnist", environment: ProcessInfo.processInfo.environment).load()
  }
}

/// Epochs of training as the command runs them, through the public trainer.
final class TrainingMeasurements {
  private var loaded: Dataset?

  private func dataset() throws -> Dataset {
    if let loaded { return loaded }
    let dataset = try MNIST.load()
    loaded = dataset
    return dataset
  }

  /// The mean time of an epoch after the first: shuffle, steps, the epoch's loss and accuracy, a copy of the weights.
  ///
  /// Keys: `hidden`, or `layers` as the command line writes them; `batch` (a number or `full`), `images`, `init` (`he`
  /// or `uniform`, for `hidden`), `weights` (a file of them), `optimizer` (`sgd` or `adam`), `threads`, `epochs` (2 or
  /// more). `first` in the answer is the time to the end of the first epoch, including all preparation.
  func epoch(_ command: Command) throws -> [String: Double] {
    let epochs = try command.integer("epochs", default: 2)
    guard epochs >= 2 else { throw CommandError("epochs is \(epochs), expected 2 or more") }
    let (network, images) = try subject(command)
    let trainer = try Trainer(try options(command, epochs: epochs))
    let start = Stopwatch.seconds
    var ends: [Double] = []
    ends.reserveCapacity(epochs)
    _ = try trainer.train(network, on: images) { event in
      if case .epoch = event { ends.append(Stopwatch.seconds) }
      return .proceed
    }
    guard ends.count == epochs else { throw CommandError("training diverged") }
    return ["first": ends[0] - start, "seconds": (ends[epochs - 1] - ends[0]) / Double(epochs - 1)]
  }

  /// Trains from the start and measures the accuracy on the test part. The keys are those of `epoch`.
  func train(_ command: Command) throws -> [String: Double] {
    let (network, images) = try subject(command)
    let trainer = try Trainer(try options(command, epochs: try command.integer("epochs", default: 15)))
    let outcome = try trainer.train(network, on: images)
    guard let test = try dataset().test else { throw CommandError("the dataset has no test part") }
    let predictions = try outcome.network.predict(test)
    return ["accuracy": share(of: predictions.classes, equalTo: test.labels)]
  }

  private func subject(_ command: Command) throws -> (network: Network, images: LabeledImages) {
    var images = try dataset().training
    let count = try command.integer("images", default: images.count)
    guard count >= 1, count <= images.count else { throw CommandError("images is \(count), there are \(images.count)") }
    if count < images.count { images = images.selecting(Array(0..<count)) }
    let seed = UInt64(try command.integer("seed", default: 1))
    var network = try Network(input: images.shape, seed: seed, layers: try layers(command, classes: images.classCount))
    let path = command.text("weights", default: "")
    if !path.isEmpty { try read(weights: path, into: &network) }
    return (network, images)
  }

  private func layers(_ command: Command, classes: Int) throws -> [Layer] {
    let text = command.text("layers", default: "")
    if !text.isEmpty { return try Layer.layers(text: text) }
    let isUniform = command.text("init", default: "he") == "uniform"
    let initializer: Initializer? = isUniform ? .uniform(-0.5...0.5) : .he
    let hidden = try command.integers("hidden", default: "128,64")
    return hidden.map { Layer(Dense($0, activation: .relu, initializer: initializer)) }
      + [Layer(Dense(classes, initializer: initializer))]
  }

  /// Sets the initial weights that all libraries share: floats, tensor by tensor in file order.
  private func read(weights path: String, into network: inout Network) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var values = [Float](repeating: 0, count: bytes.count / 4)
    _ = values.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
    guard values.count == network.parameterCount else {
      throw CommandError("\(path) has \(values.count) numbers, expected \(network.parameterCount)")
    }
    var place = 0
    for tensor in network.tensors {
      try network.setValues(Array(values[place..<place + tensor.count]), of: tensor)
      place += tensor.count
    }
  }

  private func options(_ command: Command, epochs: Int) throws -> TrainingOptions {
    let isFull = command.text("batch", default: "128") == "full"
    let batch: TrainingOptions.BatchSize = isFull ? .full : .count(try command.integer("batch", default: 128))
    let isAdam = command.text("optimizer", default: "sgd") == "adam"
    return TrainingOptions(
      optimizer: isAdam ? .adam(learningRate: 0.001) : .gradientDescent(learningRate: 0.1), batchSize: batch,
      epochs: epochs, threads: try command.integer("threads", default: availableCores()))
  }
}

/// The share of correct predictions.
func share(of classes: [Int], equalTo labels: [UInt8]) -> Double {
  let right = zip(classes, labels).count { $0 == Int($1) }
  return Double(right) / Double(labels.count)
}
