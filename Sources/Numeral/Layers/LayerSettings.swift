/// One setting of a layer.
public enum LayerSetting: Sendable, Hashable {
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// A number with the digits of a float.
  case float(Float)
  /// True or false.
  case flag(Bool)
  /// A word.
  case text(String)
  /// Layers, first to last.
  case layers([Layer])
  /// No value: `null` in model files.
  case none
}

/// The settings of a layer by name, in order. Model files and texts are made from them.
public struct LayerSettings: Sendable, Hashable {
  /// A name and its value.
  public struct Entry: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The value.
    public let value: LayerSetting
  }

  /// The settings in order; each name occurs once.
  public private(set) var entries: [Entry] = []

  /// Creates settings from names and values in order.
  public init(_ pairs: [(String, LayerSetting)] = []) {
    for (name, value) in pairs { self[name] = value }
  }

  /// The value of a name, nil if it is missing.
  public subscript(name: String) -> LayerSetting? {
    get { entries.first { $0.name == name }?.value }
    set {
      let place = entries.firstIndex { $0.name == name }
      guard let newValue else {
        if let place { entries.remove(at: place) }
        return
      }
      let entry = Entry(name: name, value: newValue)
      if let place { entries[place] = entry } else { entries.append(entry) }
    }
  }
}

// Readers of settings for the kinds. A missing setting has its default, if there is one.
extension LayerSettings {
  func integer(_ name: String, default standard: Int? = nil) throws(LayerSettingError) -> Int {
    switch try value(name, standard.map { .integer($0) }) {
    case .integer(let value): return value
    case .number(let value):
      if let whole = Int(exactly: value) { return whole }
    default: break
    }
    throw .wrong(name, expected: "a whole number")
  }

  func number(_ name: String) throws(LayerSettingError) -> Double {
    switch try value(name, nil) {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    case .float(let value): return Double(value)
    default: throw .wrong(name, expected: "a number")
    }
  }

  func flag(_ name: String, default standard: Bool) throws(LayerSettingError) -> Bool {
    guard case .flag(let value) = try value(name, .flag(standard)) else {
      throw .wrong(name, expected: "true or false")
    }
    return value
  }

  func text(_ name: String) throws(LayerSettingError) -> String {
    guard case .text(let value) = try value(name, nil) else { throw .wrong(name, expected: "a word") }
    return value
  }

  func layers(_ name: String) throws(LayerSettingError) -> [Layer] {
    guard case .layers(let value) = try value(name, nil) else { throw .wrong(name, expected: "a list of layers") }
    return value
  }

  private func value(_ name: String, _ standard: LayerSetting?) throws(LayerSettingError) -> LayerSetting {
    guard let value = self[name] ?? standard else { throw .missing(name) }
    return value
  }
}

// An activation takes one or two settings: `activation`, and `slope` where it has one.
extension LayerSettings {
  func activation() throws(LayerSettingError) -> Activation {
    if self["activation"] == nil { return .identity }
    guard let activation = Activation(name: try text("activation")) else {
      throw .wrong("activation", expected: "one of \(Activation.names.joined(separator: ", "))")
    }
    if case .leakyReLU = activation { return .leakyReLU(slope: Float(try number("slope"))) }
    return activation
  }

  /// Appends an activation.
  func with(_ activation: Activation) -> LayerSettings {
    var settings = self
    settings["activation"] = .text(activation.name)
    if case .leakyReLU(let slope) = activation { settings["slope"] = .float(slope) }
    return settings
  }

  /// How weights are drawn; nil for the form that suits the activation.
  func initializer() throws(LayerSettingError) -> Initializer? {
    if self["initializer"] == nil { return nil }
    guard let initializer = Initializer(text: try text("initializer")) else {
      throw .wrong("initializer", expected: "one of \(Initializer.forms.joined(separator: ", "))")
    }
    return initializer
  }

  /// Appends how weights are drawn.
  func with(_ initializer: Initializer) -> LayerSettings {
    var settings = self
    settings["initializer"] = .text(initializer.text)
    return settings
  }
}
