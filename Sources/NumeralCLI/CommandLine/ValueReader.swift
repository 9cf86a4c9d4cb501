/// Turns the text of an option or argument into a value, and describes what is expected.
struct ValueReader<Value> {
  /// What is accepted, as it completes the sentence "… is 'x', expected …".
  let expected: String
  /// What stands for the value in usage lines: `N`, `FILE`, `first|last|none`.
  let placeholder: String
  /// What a shell offers in place of the value.
  let completion: CompletionKind
  /// The value of a text, or nil if the text is not what is expected.
  let read: (String) -> Value?
  /// The text of a value, for the defaults shown in help.
  let write: (Value) -> String

  /// Creates a reader.
  init(
    expected: String, placeholder: String, completion: CompletionKind = .nothing,
    write: @escaping (Value) -> String = { "\($0)" }, read: @escaping (String) -> Value?
  ) {
    self.expected = expected
    self.placeholder = placeholder
    self.completion = completion
    self.read = read
    self.write = write
  }
}

/// What a shell offers where a value is typed.
enum CompletionKind: Equatable {
  /// Nothing: numbers and free text.
  case nothing
  /// One of a few words.
  case values([String])
  /// Words that are offered beside files and folders.
  case valuesAndFiles([String])
  /// A file or a folder.
  case files
  /// A folder.
  case folders

  /// The words that are offered.
  var words: [String] {
    switch self {
    case .values(let words), .valuesAndFiles(let words): words
    case .nothing, .files, .folders: []
    }
  }
}

// MARK: Words

extension ValueReader where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the cases of an enumeration, by its raw value.
  static var oneOf: ValueReader { oneOf() }

  /// One of the cases of an enumeration, under one name in usage lines if they are too many to be listed there.
  static func oneOf(placeholder: String? = nil) -> ValueReader {
    let words = Value.allCases.map(\.rawValue)
    return ValueReader(
      expected: words.listed(with: "or"), placeholder: placeholder ?? words.joined(separator: "|"),
      completion: .values(words), write: \.rawValue, read: Value.init(rawValue:))
  }
}

extension ValueReader<String> {
  /// One of a few words that are known only as text, under one name in usage lines.
  static func word(of words: [String], placeholder: String) -> ValueReader {
    ValueReader(
      expected: words.listed(with: "or"), placeholder: placeholder, completion: .values(words),
      read: { words.contains($0) ? $0 : nil })
  }

  /// Any text but the empty one.
  static func text(placeholder: String, completion: CompletionKind = .nothing) -> ValueReader {
    ValueReader(
      expected: "a text that is not empty", placeholder: placeholder, completion: completion,
      read: { $0.isEmpty ? nil : $0 })
  }

  /// A path; the parser does not check whether it exists.
  static func path(placeholder: String, completion: CompletionKind = .files) -> ValueReader {
    ValueReader(
      expected: "a path", placeholder: placeholder, completion: completion,
      read: { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 })
  }
}

extension [String] {
  /// The words as in a sentence: `first, last or none`.
  func listed(with conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
