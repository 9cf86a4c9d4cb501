public import Numeral
public import NumeralPlain

extension PlainDescription {
  /// A layer of the engine in the words of model files: its kind and its settings by name.
  public init(_ layer: Layer) {
    var settings: [String: any Sendable] = [:]
    for entry in layer.settings.entries { settings[entry.name] = entry.value.plain }
    self.init(layer.kind, settings)
  }
}

extension LayerSetting {
  /// The value as plain loops read it, nil for none.
  fileprivate var plain: (any Sendable)? {
    switch self {
    case .integer(let value): value
    case .number(let value): value
    case .float(let value): Double(value)
    case .flag(let value): value
    case .text(let value): value
    case .layers(let layers): layers.map { PlainDescription($0) }
    case .none: nil
    }
  }
}
