public import Numeral
public import NumeralModels

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

  /// The settings that a model file records.
  public var settings: TrainingSettings {
    TrainingSettings(pixelScale: pixelScale, initializer: initializer, options: training)
  }
}
