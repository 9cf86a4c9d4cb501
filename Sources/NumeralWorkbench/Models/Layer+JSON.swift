public import Numeral

// Layers as model files describe them: one object each, told apart by `type`.

extension Layer {
  /// The layer as JSON; ``init(json:)`` reads it back.
  public var json: JSONValue {
    switch self {
    case .dense(let layer):
      .object(
        [("type", "dense"), ("outputs", .integer(layer.outputs))] + layer.activation.members
          + [("initializer", .string(layer.initializer.name))])
    case .convolution(let layer):
      .object(
        [
          ("type", "convolution"), ("outputs", .integer(layer.outputs)), ("kernel", .integer(layer.kernel)),
          ("stride", .integer(layer.stride)), ("padding", .integer(layer.padding)), ("bias", .bool(layer.hasBias)),
        ] + layer.activation.members + [("initializer", .string(layer.initializer.name))])
    case .pooling(let layer):
      .object([
        ("type", "pooling"), ("kind", .string(layer.kind.rawValue)), ("window", JSONValue(layer.window)),
        ("stride", .integer(layer.stride)),
      ])
    case .flatten: .object([("type", "flatten")])
    case .dropout(let layer): .object([("type", "dropout"), ("rate", .number(layer.rate))])
    case .batchNormalization(let layer):
      .object([("type", "batchNormalization")] + layer.activation.members)
    case .layerNormalization(let layer):
      .object([("type", "layerNormalization")] + layer.activation.members)
    case .residual(let layer):
      .object(
        [("type", "residual"), ("branch", .array(layer.branch.map { $0.json }))] + layer.activation.members)
    }
  }

  /// The layer of a JSON value as ``json`` writes it; nil if it is none.
  public init?(json: JSONValue) {
    guard let type = json["type"]?.asString else { return nil }
    switch type {
    case "dense":
      guard let outputs = json["outputs"]?.asInt, let activation = Activation(members: json),
        let initializer = json["initializer"]?.asString.flatMap({ Initializer(name: $0) })
      else { return nil }
      self = .dense(Dense(outputs, activation: activation, initializer: initializer))
    case "convolution":
      guard let outputs = json["outputs"]?.asInt, let kernel = json["kernel"]?.asInt,
        let stride = json["stride"]?.asInt, let padding = json["padding"]?.asInt, let hasBias = json["bias"]?.asBool,
        let activation = Activation(members: json),
        let initializer = json["initializer"]?.asString.flatMap({ Initializer(name: $0) })
      else { return nil }
      self = .convolution(
        Convolution(
          outputs, kernel: kernel, stride: stride, padding: padding, hasBias: hasBias, activation: activation,
          initializer: initializer))
    case "pooling":
      guard let pooling = Pooling(json: json) else { return nil }
      self = .pooling(pooling)
    case "flatten": self = .flatten(Flatten())
    case "dropout":
      guard let rate = json["rate"]?.asDouble else { return nil }
      self = .dropout(Dropout(rate))
    case "batchNormalization":
      guard let activation = Activation(members: json) else { return nil }
      self = .batchNormalization(BatchNormalization(activation: activation))
    case "layerNormalization":
      guard let activation = Activation(members: json) else { return nil }
      self = .layerNormalization(LayerNormalization(activation: activation))
    case "residual":
      guard let parts = json["branch"]?.asArray, let activation = Activation(members: json) else { return nil }
      let branch = parts.compactMap { Layer(json: $0) }
      guard branch.count == parts.count else { return nil }
      self = .residual(Residual(activation: activation, branch: branch))
    default: return nil
    }
  }
}

extension Pooling {
  fileprivate init?(json: JSONValue) {
    guard let kind = json["kind"]?.asString.flatMap({ Kind(rawValue: $0) }), let stride = json["stride"]?.asInt,
      let window = json["window"]
    else { return nil }
    if window == .null, kind == .average {
      self = .globalAverage
      return
    }
    guard let window = window.asInt else { return nil }
    self = kind == .maximum ? .maximum(window, stride: stride) : .average(window, stride: stride)
  }
}

extension Activation {
  fileprivate var members: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("activation", .string(name))]
    if case .leakyReLU(let slope) = self { members.append(("slope", JSONValue(digitsOf: slope))) }
    return members
  }

  fileprivate init?(members json: JSONValue) {
    guard let name = json["activation"]?.asString, let activation = Activation(name: name) else { return nil }
    self = activation
    if case .leakyReLU = activation {
      guard let slope = json["slope"]?.asDouble else { return nil }
      self = .leakyReLU(slope: Float(slope))
    }
  }
}
