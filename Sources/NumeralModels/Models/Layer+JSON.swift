import Numeral

// Layers as model files describe them: one object for each layer, with its kind in `type` and the settings by name.

extension Layer {
  /// The layer as JSON; ``init(json:)`` reads it back.
  package var json: JSONValue {
    .object([("type", .string(kind))] + settings.entries.map { ($0.name, $0.value.json) })
  }

  /// The layer of a JSON value as ``json`` writes it; nil for any other value.
  package init?(json: JSONValue) {
    guard let type = json["type"]?.asString, let members = json.asObject,
      let kind = Layer.kinds.first(where: { $0.name == type })
    else { return nil }
    var settings = LayerSettings()
    for member in members where member.key != "type" {
      guard let setting = LayerSetting(json: member.value) else { return nil }
      settings[member.key] = setting
    }
    guard kind.settings.allSatisfy({ settings[$0] != nil }), let layer = try? kind.layer(of: settings) else {
      return nil
    }
    self = layer
  }
}

extension LayerSetting {
  fileprivate var json: JSONValue {
    switch self {
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .float(let value): JSONValue(digitsOf: value)
    case .flag(let value): .bool(value)
    case .text(let value): .string(value)
    case .layers(let layers): .array(layers.map { $0.json })
    case .none: .null
    }
  }

  /// The setting of a JSON value; nil for an object, for a list of anything but layers, and for a number above
  /// `Int.max`.
  fileprivate init?(json: JSONValue) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .flag(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .array(let values):
      let layers = values.compactMap { Layer(json: $0) }
      guard layers.count == values.count else { return nil }
      self = .layers(layers)
    case .unsigned, .object: return nil
    }
  }
}
