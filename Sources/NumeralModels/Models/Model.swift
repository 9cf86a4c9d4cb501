public import Numeral

/// A network with what it needs to be used: the range of the pixels, the names of the classes, and its origin.
public struct Model: Sendable {
  /// The network.
  public let network: Network
  /// The pixel value that the network sees as 1.
  public let pixelMaximum: UInt8
  /// The name of each class.
  public let classNames: [String]
  /// How it was trained; nil if that is not known.
  public let provenance: Provenance?
  /// The temperature that calibrates its confidence, fitted on the validation part; nil without a validation part.
  public let temperature: Temperature?

  /// Creates a model.
  public init(
    network: Network, pixelMaximum: UInt8, classNames: [String], provenance: Provenance?,
    temperature: Temperature? = nil
  ) {
    self.network = network
    self.pixelMaximum = pixelMaximum
    self.classNames = classNames
    self.provenance = provenance
    self.temperature = temperature
  }

  /// How a model was trained: all that is needed to train it again, and nothing that differs between two equal runs.
  public struct Provenance: Sendable, Equatable {
    /// The version of the program that trained it.
    public var program: String
    /// The recipe, or `custom`.
    public var recipe: String
    /// The seed of weights, shuffles and parts.
    public var seed: UInt64
    /// The name of the dataset.
    public var dataset: String
    /// The dataset's content hash.
    public var dataHash: String
    /// How the dataset was divided.
    public var parts: PartRules
    /// The number of images of each part.
    public var counts: PartCounts
    /// How it was trained; nil if a later version wrote what this one does not know.
    public var training: TrainingSettings? { TrainingSettings(json: trainingJSON) }
    /// The same as it was written, so that nothing is lost where it is written again.
    package var trainingJSON: JSONValue
    /// The epoch whose weights these are.
    public var keptEpoch: Int

    /// Creates a provenance.
    public init(
      program: String, recipe: String, seed: UInt64, dataset: String, dataHash: String, parts: PartRules,
      counts: PartCounts, training: TrainingSettings, keptEpoch: Int
    ) {
      self.init(
        program: program, recipe: recipe, seed: seed, dataset: dataset, dataHash: dataHash, parts: parts,
        counts: counts, trainingJSON: training.json, keptEpoch: keptEpoch)
    }

    private init(
      program: String, recipe: String, seed: UInt64, dataset: String, dataHash: String, parts: PartRules,
      counts: PartCounts, trainingJSON: JSONValue, keptEpoch: Int
    ) {
      self.program = program
      self.recipe = recipe
      self.seed = seed
      self.dataset = dataset
      self.dataHash = dataHash
      self.parts = parts
      self.counts = counts
      self.trainingJSON = trainingJSON
      self.keptEpoch = keptEpoch
    }

    /// Each setting of the training as its name and its value.
    package var settingTexts: [String] {
      (trainingJSON.asObject ?? []).filter { $0.value != .null }
        .map { "\($0.key) \($0.value.asString ?? $0.value.text)" }
    }

    /// As JSON with fixed keys.
    package var json: JSONValue {
      .object([
        ("program", .string(program)), ("recipe", .string(recipe)), ("seed", JSONValue(seed)),
        ("dataset", .string(dataset)), ("dataHash", .string(dataHash)), ("parts", parts.json), ("counts", counts.json),
        ("training", trainingJSON), ("keptEpoch", .integer(keptEpoch)),
      ])
    }

    /// The provenance of a JSON value as ``json`` writes it; nil if something is missing.
    package init?(json: JSONValue) {
      guard let program = json["program"]?.asString, let recipe = json["recipe"]?.asString,
        let seed = json["seed"]?.asUInt64, let dataset = json["dataset"]?.asString,
        let dataHash = json["dataHash"]?.asString, let parts = json["parts"].flatMap({ PartRules(json: $0) }),
        let counts = json["counts"].flatMap({ PartCounts(json: $0) }), let training = json["training"],
        let keptEpoch = json["keptEpoch"]?.asInt
      else { return nil }
      self.init(
        program: program, recipe: recipe, seed: seed, dataset: dataset, dataHash: dataHash, parts: parts,
        counts: counts, trainingJSON: training, keptEpoch: keptEpoch)
    }
  }
}

extension Network {
  /// The sizes from image to classes: `28×28-128-64-10`.
  public var sizes: String {
    ([input.description] + outputShapes.map(\.description)).joined(separator: "-")
  }
}
