public import Numeral

/// The settings of a training, as model files and runs record them: everything but seed and threads.
public struct TrainingSettings: Sendable, Hashable {
  /// How pixels become numbers.
  public var pixelScale: PixelScale
  /// How the weights of all layers were drawn; nil for what suits each layer.
  public var initializer: Initializer?
  /// The options of the training; seed and threads are not used.
  public var options: TrainingOptions

  /// Creates settings.
  public init(pixelScale: PixelScale, initializer: Initializer?, options: TrainingOptions) {
    self.pixelScale = pixelScale
    self.initializer = initializer
    self.options = options
  }

  /// As JSON: fixed keys, and after the learning rate those settings that the optimizer
  /// has, the schedule if the rate does not stay, and what else is out of the ordinary.
  package var json: JSONValue {
    let batch: JSONValue
    switch options.batchSize {
    case .count(let count): batch = .integer(count)
    case .full: batch = "full"
    }
    var members: [(String, JSONValue)] = [
      ("pixelScale", .string(pixelScale.rawValue)), ("initializer", JSONValue(initializer?.text)),
      ("optimizer", .string(options.optimizer.name)), ("learningRate", JSONValue(options.optimizer.learningRate)),
    ]
    members += options.optimizer.settings.map { ($0.name, .number($0.value)) }
    if options.schedule != .constant { members.append(("schedule", .string(options.schedule.text))) }
    members += extras
    members += [
      ("batchSize", batch), ("epochs", .integer(options.epochs)),
      ("lossReduction", .string(options.reduction.rawValue)),
      ("patience", JSONValue(options.patience)),
    ]
    if options.augmentation != .none {
      members.append(("augmentation", .string(options.augmentation.text)))
    }
    return .object(members)
  }

  /// Clipping, regularization and averaging, as far as they are used.
  private var extras: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    let regularization = options.regularization
    if let clipping = options.clipping { members.append((clipping.setting.name, .number(clipping.setting.value))) }
    if regularization.l1 != 0 { members.append(("l1", .number(regularization.l1))) }
    if regularization.l2 != 0 { members.append(("l2", .number(regularization.l2))) }
    if let bound = regularization.maxNorm { members.append(("maxNorm", .number(bound))) }
    if regularization.labelSmoothing != 0 {
      members.append(("labelSmoothing", .number(regularization.labelSmoothing)))
    }
    if regularization.decaysBiases { members.append(("decaysBiases", .bool(true))) }
    if let averaging = options.averaging { members.append(("averaging", .number(averaging))) }
    return members
  }

  /// The settings of a JSON value as ``json`` writes it; nil if it is none, or holds what this version does not know.
  package init?(json: JSONValue) {
    var rest = json.asObject?.filter { $0.value != .null } ?? []
    func take(_ key: String) -> JSONValue? {
      rest.firstIndex { $0.key == key }.map { rest.remove(at: $0).value }
    }
    guard let scale = take("pixelScale")?.asString.flatMap({ PixelScale(rawValue: $0) }),
      let kind = take("optimizer")?.asString.flatMap({ Optimizer.Kind(name: $0) }),
      let rate = take("learningRate")?.asDouble, let batch = take("batchSize"), let epochs = take("epochs")?.asInt,
      let reduction = take("lossReduction")?.asString.flatMap({ SoftmaxCrossEntropy.Reduction(rawValue: $0) }),
      batch.asString == "full" || batch.asInt != nil
    else { return nil }
    var initializer: Initializer?
    if let text = take("initializer")?.asString {
      guard let known = Initializer(text: text) else { return nil }
      initializer = known
    }
    var optimizer = kind.optimizer(learningRate: rate)
    for setting in optimizer.settings {
      guard let value = take(setting.name)?.asDouble, let changed = optimizer.with(setting: setting.name, value) else {
        return nil
      }
      optimizer = changed
    }
    var options = TrainingOptions(
      optimizer: optimizer, batchSize: batch.asInt.map { .count($0) } ?? .full, epochs: epochs, reduction: reduction,
      averaging: take("averaging")?.asDouble, patience: take("patience")?.asInt)
    if let text = take("schedule")?.asString {
      guard let schedule = Schedule(text: text) else { return nil }
      options.schedule = schedule
    }
    if let text = take("augmentation")?.asString {
      guard let augmentation = try? Augmentation(text: text) else { return nil }
      options.augmentation = augmentation
    }
    if let bound = take("clipValue")?.asDouble { options.clipping = .value(bound) }
    if let bound = take("clipNorm")?.asDouble { options.clipping = .norm(bound) }
    options.regularization.l1 = take("l1")?.asDouble ?? 0
    options.regularization.l2 = take("l2")?.asDouble ?? 0
    options.regularization.maxNorm = take("maxNorm")?.asDouble
    options.regularization.labelSmoothing = take("labelSmoothing")?.asDouble ?? 0
    options.regularization.decaysBiases = take("decaysBiases") == .bool(true)
    guard rest.isEmpty else { return nil }
    self.init(pixelScale: scale, initializer: initializer, options: options)
  }
}
