/// A kind of layer: its name, its text forms and how to make one. ``Layer/kinds`` lists them.
public struct LayerKind: Sendable {
  /// The name in model files.
  public let name: String
  /// The settings that a model file must have, in its order. The slope of an activation is an extra setting.
  public let settings: [String]
  /// The text forms of layers of this kind; none if the kind cannot be written as text.
  public let texts: [LayerText]

  private let makeLayer: @Sendable (LayerSettings) throws(LayerSettingError) -> Layer

  init(
    _ name: String, settings: [String], texts: [LayerText],
    make: @escaping @Sendable (LayerSettings) throws(LayerSettingError) -> Layer
  ) {
    self.name = name
    self.settings = settings
    self.texts = texts
    makeLayer = make
  }

  /// The layer with some settings; a missing setting has its default.
  ///
  /// - Throws: ``LayerSettingError`` for the first setting that is wrong. The network's initializer checks ranges and
  ///   throws ``NetworkError``.
  public func layer(of settings: LayerSettings) throws(LayerSettingError) -> Layer { try makeLayer(settings) }
}

/// One way to write layers of a kind as text, such as `conv:8:3:same:relu`.
public struct LayerText: Sendable {
  /// The form of the text: `conv:OUTPUTS:KERNEL`. The first word identifies it.
  public let form: String
  /// What the text means, for help.
  public let meaning: String

  /// Reads the words after the first, and returns whether they are valid.
  let read: @Sendable (inout LayerWords) -> Bool

  init(_ form: String, _ meaning: String, read: @escaping @Sendable (inout LayerWords) -> Bool) {
    self.form = form
    self.meaning = meaning
    self.read = read
  }

  /// The first word.
  var word: Substring { form.prefix { $0 != ":" } }
}

/// The words of a layer's text while they are read, and the settings made from them.
struct LayerWords {
  var settings = LayerSettings()
  private var rest: ArraySlice<Substring>

  init(_ words: ArraySlice<Substring>) { rest = words }

  /// The next word, nil at the end.
  mutating func next() -> Substring? { rest.popFirst() }

  /// Reads a whole number as a setting.
  mutating func integer(_ name: String) -> Bool {
    guard let value = next().flatMap({ Int($0) }) else { return false }
    settings[name] = .integer(value)
    return true
  }

  /// Reads a whole number as a setting if there is another word.
  mutating func integerIfAny(_ name: String) -> Bool { rest.isEmpty || integer(name) }

  /// Reads a number as a setting.
  mutating func number(_ name: String) -> Bool {
    guard let value = next().flatMap({ Double($0) }) else { return false }
    settings[name] = .number(value)
    return true
  }

  /// Reads the name of an activation if there is another word.
  mutating func activationIfAny() -> Bool {
    guard let word = next() else { return true }
    return activation(word)
  }

  /// Reads a word as the name of an activation.
  mutating func activation(_ word: Substring) -> Bool {
    guard let activation = Activation(name: String(word)) else { return false }
    settings = settings.with(activation)
    return true
  }

  /// Reads a word as a setting of the form `stride-2`, if it has that form.
  mutating func integer(_ name: String, in word: Substring) -> Bool {
    guard word.hasPrefix("\(name)-"), let value = Int(word.dropFirst(name.count + 1)) else { return false }
    settings[name] = .integer(value)
    return true
  }

  var isEmpty: Bool { rest.isEmpty }
}

extension Layer {
  /// The forms of the parts of a text, and what each means.
  public static var forms: [(text: String, meaning: String)] {
    kinds.flatMap { $0.texts }.map { ($0.form, $0.meaning) }
  }

  /// The layers of a text, separated by commas, as in `conv:32:3:same:relu,batch-norm,max:2`. `none` gives no layers;
  /// an invalid text gives nil.
  ///
  /// Each part has one of the ``forms``. Residual layers have no text. The network's initializer checks ranges and
  /// throws ``NetworkError``.
  public static func layers(text: String) -> [Layer]? {
    if text == "none" { return [] }
    var layers: [Layer] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let layer = Layer(text: part) else { return nil }
      layers.append(layer)
    }
    return layers
  }

  private init?(text: Substring) {
    let words = text.split(separator: ":", omittingEmptySubsequences: false)
    for kind in Layer.kinds {
      guard let text = kind.texts.first(where: { $0.word == words[0] }) else { continue }
      var rest = LayerWords(words[1...])
      guard text.read(&rest), rest.isEmpty, let layer = try? kind.layer(of: rest.settings) else { return nil }
      self = layer
      return
    }
    return nil
  }
}
