public import Numeral

/// A network and its training: the settings that a recipe holds and flags override.
public struct TrainingSetup: Sendable, Hashable {
  /// The layers before the hidden ones, first to last: those of a convolutional network.
  public var body: [Layer]
  /// The sizes of the hidden layers, first to last; empty for none.
  public var hidden: [Int]
  /// How pixels become numbers.
  public var pixelScale: PixelScale
  /// The activation of the hidden layers.
  public var activation: Activation
  /// How weights are drawn in all layers; nil chooses by the activation of each layer.
  public var initializer: Initializer?
  /// How it is trained. The seed and the threads are those of the experiment.
  public var training: TrainingOptions
  /// How the data are divided.
  public var parts: PartRules

  /// Creates a setup; the defaults are those of a network given by flags.
  public init(
    body: [Layer] = [], hidden: [Int], pixelScale: PixelScale = .unit, activation: Activation = .relu,
    initializer: Initializer? = nil, training: TrainingOptions = TrainingOptions(), parts: PartRules = PartRules()
  ) {
    self.body = body
    self.hidden = hidden
    self.pixelScale = pixelScale
    self.activation = activation
    self.initializer = initializer
    self.training = training
    self.parts = parts
  }

  /// The network for images of a shape and a number of classes, with weights drawn by a seed.
  ///
  /// - Throws: `NetworkError` if there is no such network.
  public func network(input: Shape, classCount: Int, seed: UInt64) throws(NetworkError) -> Network {
    var network = try Network(input: input, seed: seed) {
      body
      for size in hidden { Dense(size, activation: activation, initializer: initializer) }
      Dense(classCount, initializer: initializer)
    }
    network.pixelScale = pixelScale
    return network
  }

  /// The options of the trainer.
  public func options(seed: UInt64, threads: Int) -> TrainingOptions {
    var options = training
    options.seed = seed
    options.threads = threads
    return options
  }

  /// The training as JSON. The keys are fixed; after the learning rate follow the settings that the optimizer has, the
  /// schedule unless it is constant, and other settings that differ from their defaults.
  public var json: JSONValue {
    let batch: JSONValue
    switch training.batchSize {
    case .count(let count): batch = .integer(count)
    case .full: batch = "full"
    }
    var members: [(String, JSONValue)] = [
      ("pixelScale", .string(pixelScale.rawValue)), ("initializer", JSONValue(initializer?.text)),
      ("optimizer", .string(training.optimizer.name)), ("learningRate", JSONValue(training.optimizer.learningRate)),
    ]
    members += training.optimizer.settings.map { ($0.name, .number($0.value)) }
    if training.schedule != .constant { members.append(("schedule", .string(training.schedule.text))) }
    members += extras
    members += [
      ("batchSize", batch), ("epochs", .integer(training.epochs)),
      ("lossReduction", .string(training.reduction.rawValue)),
      ("patience", JSONValue(training.patience)),
    ]
    if training.augmentation != .none {
      members.append(("augmentation", .string(training.augmentation.text)))
    }
    return .object(members)
  }

  /// Clipping, regularization and averaging, as far as they are used.
  private var extras: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    let regularization = training.regularization
    if let clipping = training.clipping { members.append((clipping.setting.name, .number(clipping.setting.value))) }
    if regularization.l1 != 0 { members.append(("l1", .number(regularization.l1))) }
    if regularization.l2 != 0 { members.append(("l2", .number(regularization.l2))) }
    if let bound = regularization.maxNorm { members.append(("maxNorm", .number(bound))) }
    if regularization.labelSmoothing != 0 {
      members.append(("labelSmoothing", .number(regularization.labelSmoothing)))
    }
    if regularization.decaysBiases { members.append(("decaysBiases", .bool(true))) }
    if let averaging = training.averaging { members.append(("averaging", .number(averaging))) }
    return members
  }
}
