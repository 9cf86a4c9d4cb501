// The property wrappers of a command, named and used as in swift-argument-parser: what a command declares as a property
// is a row of the table. Names come from the property (`learningRate` is `--learning-rate`) unless one is given.

/// An option with a value: `--epochs 20` or `--epochs=20`.
@propertyWrapper struct Option<Value>: ArgumentField {
  private let row: ArgumentDeclaration
  private let storage: ArgumentStorage<Value>
  private let accept: (String, ArgumentStorage<Value>) -> Bool

  /// What was given, or the default.
  var wrappedValue: Value { storage.checkedValue }

  /// An option that must be given.
  init(name: String = "", short: Character? = nil, reading reader: ValueReader<Value>, help: String) {
    self.init(
      row: .init(reader, kind: .option, name: name, short: short, presence: .required, help: help), value: nil,
      accept: { Self.store(reader.read($0), in: $1) })
  }

  /// An option with a default.
  init(
    wrappedValue: Value, name: String = "", short: Character? = nil, reading reader: ValueReader<Value>, help: String,
    hidden: Bool = false
  ) {
    var row = ArgumentDeclaration(
      reader, kind: .option, name: name, short: short, presence: .optional, help: help,
      defaultText: reader.write(wrappedValue))
    row.isHidden = hidden
    self.init(row: row, value: wrappedValue, accept: { Self.store(reader.read($0), in: $1) })
  }

  /// An option that may be left out; help shows `default` as its default.
  init<Wrapped>(
    name: String = "", short: Character? = nil, reading reader: ValueReader<Wrapped>, help: String,
    default defaultText: String? = nil, hidden: Bool = false
  ) where Value == Wrapped? {
    var row = ArgumentDeclaration(
      reader, kind: .option, name: name, short: short, presence: .optional, help: help, defaultText: defaultText)
    row.isHidden = hidden
    self.init(
      row: row, value: .some(nil),
      accept: { text, storage in Self.store(reader.read(text).map { .some($0) }, in: storage) })
  }

  /// An option that may be given several times.
  init<Element>(
    wrappedValue: Value = [], name: String = "", short: Character? = nil, reading reader: ValueReader<Element>,
    help: String, default defaultText: String? = nil
  ) where Value == [Element] {
    self.init(
      row: .init(
        reader, kind: .option, name: name, short: short, presence: .repeated, help: help, defaultText: defaultText),
      value: wrappedValue,
      accept: { text, storage in
        Self.store(reader.read(text).map { (storage.isFilled ? storage.checkedValue : []) + [$0] }, in: storage)
      })
  }

  private init(
    row: ArgumentDeclaration, value: Value?, accept: @escaping (String, ArgumentStorage<Value>) -> Bool
  ) {
    self.row = row
    self.storage = ArgumentStorage(value)
    self.accept = accept
  }

  private static func store(_ value: Value?, in storage: ArgumentStorage<Value>) -> Bool {
    storage.fill(value)
  }

  var isFilled: Bool { storage.isFilled }

  func receive(_ text: String) -> Bool { accept(text, storage) }

  func declaration(property: String) -> ArgumentDeclaration { row.named(property) }
}

/// An argument known by its position: `RECIPE`, or `INPUT...`.
@propertyWrapper struct Argument<Value>: ArgumentField {
  private let row: ArgumentDeclaration
  private let storage: ArgumentStorage<Value>
  private let accept: (String, ArgumentStorage<Value>) -> Bool

  /// What was given, or the default.
  var wrappedValue: Value { storage.checkedValue }

  /// An argument that must be given.
  init(reading reader: ValueReader<Value>, help: String) {
    self.row = .init(reader, kind: .positional, name: "", short: nil, presence: .required, help: help)
    self.storage = ArgumentStorage(nil)
    self.accept = { $1.fill(reader.read($0)) }
  }

  /// An argument that may be left out; help shows `default` as its default.
  init<Wrapped>(reading reader: ValueReader<Wrapped>, help: String, default defaultText: String? = nil)
  where Value == Wrapped? {
    self.row = .init(
      reader, kind: .positional, name: "", short: nil, presence: .optional, help: help, defaultText: defaultText)
    self.storage = ArgumentStorage(.some(nil))
    self.accept = { text, storage in storage.fill(reader.read(text).map { .some($0) }) }
  }

  /// Any number of arguments, from none.
  init<Element>(reading reader: ValueReader<Element>, help: String, default defaultText: String? = nil)
  where Value == [Element] {
    self.row = .init(
      reader, kind: .positional, name: "", short: nil, presence: .repeated, help: help, defaultText: defaultText)
    self.storage = ArgumentStorage([])
    self.accept = { text, storage in storage.fill(reader.read(text).map { storage.checkedValue + [$0] }) }
  }

  var isFilled: Bool { storage.isFilled }

  func receive(_ text: String) -> Bool { accept(text, storage) }

  func declaration(property: String) -> ArgumentDeclaration { row.named(property) }
}

/// A name alone: `--json`.
@propertyWrapper struct Flag: ArgumentField {
  private let row: ArgumentDeclaration
  private let storage = ArgumentStorage(false)

  /// True if the flag was given.
  var wrappedValue: Bool { storage.checkedValue }

  /// Creates a flag that is off unless given.
  init(name: String = "", short: Character? = nil, help: String, hidden: Bool = false) {
    row = .init(kind: .flag, name: name, short: short, presence: .optional, help: help, isHidden: hidden)
  }

  var isFilled: Bool { storage.isFilled }

  func receive(_ text: String) -> Bool { storage.fill(true) }

  func declaration(property: String) -> ArgumentDeclaration { row.named(property) }
}

/// Options that several commands share, declared once.
@propertyWrapper struct OptionGroup<Options: ParsableArguments> {
  /// The options, filled by the parser.
  let wrappedValue = Options()
}

extension ArgumentStorage {
  fileprivate func fill(_ newValue: Value?) -> Bool {
    guard let newValue else { return false }
    value = newValue
    isFilled = true
    return true
  }
}

extension ArgumentDeclaration {
  fileprivate init<Value>(
    _ reader: ValueReader<Value>, kind: Kind, name: String, short: Character?, presence: Presence, help: String,
    defaultText: String? = nil
  ) {
    self.init(
      kind: kind, name: name, short: short, presence: presence, help: help, defaultText: defaultText,
      placeholder: reader.placeholder, expected: reader.expected, completion: reader.completion)
  }

  fileprivate func named(_ property: String) -> ArgumentDeclaration {
    var result = self
    if name.isEmpty { result.name = property.asOptionName }
    return result
  }
}
