public import Numeral

/// A network and how it is trained: what a recipe names and flags override.
public struct TrainingSetup: Sendable, Hashable {
  /// The layers before the hidden ones, first to last: those of a convolutional network.
  public var body: [Layer]
  /// The sizes of the hidden layers, first to last; empty for none.
  public var hidden: [Int]
  /// How pixels become numbers.
  public var pixelScale: PixelScale
  /// The activation of the hidden layers.
  public var activation: Activation
  /// How weights are drawn in all layers; nil for what suits each layer's activation.
  public var initializer: Initializer?
  /// How gradients change parameters.
  public var optimizer: Optimizer
  /// How the learning rate changes in the course of the training.
  public var schedule: Schedule
  /// A bound on gradients, or nil.
  public var clipping: GradientClipping?
  /// Penalties, bounds on norms and label smoothing.
  public var regularization: Regularization
  /// How much of the running average of the weights each step keeps, nil for no average.
  public var averaging: Double?
  /// How many samples share one update.
  public var batchSize: TrainingOptions.BatchSize
  /// How many times every sample is visited.
  public var epochs: Int
  /// Whether a batch's gradient is the mean or the sum over its samples.
  public var reduction: SoftmaxCrossEntropy.Reduction
  /// Epochs without a lower validation loss before training stops; nil trains to the end.
  public var patience: Int?
  /// How training pictures are distorted, anew in each epoch.
  public var augmentation: Augmentation
  /// How the data are divided.
  public var parts: PartRules

  /// Creates a setup; the defaults are those of a network given by flags.
  public init(
    body: [Layer] = [], hidden: [Int], pixelScale: PixelScale = .unit, activation: Activation = .relu,
    initializer: Initializer? = nil,
    optimizer: Optimizer = .standard, batchSize: TrainingOptions.BatchSize = .count(128),
    epochs: Int = 10, reduction: SoftmaxCrossEntropy.Reduction = .mean, schedule: Schedule = .constant,
    clipping: GradientClipping? = nil, regularization: Regularization = Regularization(), averaging: Double? = nil,
    patience: Int? = nil, augmentation: Augmentation = .none, parts: PartRules = PartRules()
  ) {
    self.body = body
    self.hidden = hidden
    self.pixelScale = pixelScale
    self.activation = activation
    self.initializer = initializer
    self.optimizer = optimizer
    self.schedule = schedule
    self.clipping = clipping
    self.regularization = regularization
    self.averaging = averaging
    self.batchSize = batchSize
    self.epochs = epochs
    self.reduction = reduction
    self.patience = patience
    self.augmentation = augmentation
    self.parts = parts
  }

  /// The network for pictures of a shape and a number of classes, with weights drawn by a seed.
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
    TrainingOptions(
      optimizer: optimizer, batchSize: batchSize, epochs: epochs, reduction: reduction, schedule: schedule,
      clipping: clipping, regularization: regularization, averaging: averaging, patience: patience,
      augmentation: augmentation, seed: seed, threads: threads)
  }

  /// How the network is trained, as JSON: fixed keys, and after the learning rate those settings that the optimizer
  /// has, the schedule if the rate does not stay, and what else is out of the ordinary.
  public var json: JSONValue {
    let batch: JSONValue
    switch batchSize {
    case .count(let count): batch = .integer(count)
    case .full: batch = "full"
    }
    var members: [(String, JSONValue)] = [
      ("pixelScale", .string(pixelScale.rawValue)), ("initializer", JSONValue(initializer?.name)),
      ("optimizer", .string(optimizer.name)), ("learningRate", JSONValue(optimizer.learningRate)),
    ]
    members += optimizer.settings.map { ($0.name, .number($0.value)) }
    if schedule != .constant { members.append(("schedule", .string(schedule.text))) }
    members += extras
    members += [
      ("batchSize", batch), ("epochs", .integer(epochs)), ("lossReduction", .string(reduction.rawValue)),
      ("patience", JSONValue(patience)),
    ]
    if augmentation != .none { members.append(("augmentation", .string(augmentation.text))) }
    return .object(members)
  }

  /// Clipping, regularisation and averaging, as far as there are any.
  private var extras: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    if let clipping { members.append((clipping.setting.name, .number(clipping.setting.value))) }
    if regularization.l1 != 0 { members.append(("l1", .number(regularization.l1))) }
    if regularization.l2 != 0 { members.append(("l2", .number(regularization.l2))) }
    if let bound = regularization.maxNorm { members.append(("maxNorm", .number(bound))) }
    if regularization.labelSmoothing != 0 {
      members.append(("labelSmoothing", .number(regularization.labelSmoothing)))
    }
    if regularization.decaysBiases { members.append(("decaysBiases", .bool(true))) }
    if let averaging { members.append(("averaging", .number(averaging))) }
    return members
  }
}
