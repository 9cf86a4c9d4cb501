/// One argument, option or flag of a command: all that parsing, help, manual and completions need.
struct ArgumentDeclaration: Equatable {
  /// Which of the three it is.
  enum Kind: Equatable {
    /// An argument known by its position.
    case positional
    /// A name and a value.
    case option
    /// A name alone.
    case flag
  }

  /// How often it may be given.
  enum Presence: Equatable {
    /// Exactly once; without it the command is not complete.
    case required
    /// At most once; if it is repeated, the last one counts.
    case optional
    /// Any number of times.
    case repeated
  }

  /// Which of the three it is.
  var kind: Kind
  /// The long name without dashes, or the name of the place.
  var name: String
  /// The short name, if it has one.
  var short: Character?
  /// How often it may be given.
  var presence: Presence
  /// What it is for, in one sentence without a full stop.
  var help: String
  /// The default, as shown in help.
  var defaultText: String?
  /// The placeholder for its value.
  var placeholder = ""
  /// What its value must be.
  var expected = ""
  /// What a shell offers for its value.
  var completion = CompletionKind.nothing
  /// True if help, manual and completions leave it out.
  var isHidden = false

  /// Its name in messages: `--epochs`, or `RECIPE`.
  var title: String {
    kind == .positional ? placeholder : "--\(name)"
  }

  /// Its name in a list: `-o, --output DIR`, or `INPUT...`.
  var heading: String {
    let repeats = presence == .repeated ? "..." : ""
    switch kind {
    case .positional: return placeholder + repeats
    case .option: return (short.map { "-\($0), " } ?? "    ") + "--\(name) \(placeholder)"
    case .flag: return (short.map { "-\($0), " } ?? "    ") + "--\(name)"
    }
  }

  /// The flag that every command has.
  static let helpFlag = ArgumentDeclaration(
    kind: .flag, name: "help", short: "h", presence: .optional, help: "Show this help")
}

/// One property of a command that the parser fills.
protocol ArgumentField {
  /// Its row of the table.
  /// - Parameter property: the property's name, from which the option's name is made if it has none of its own.
  func declaration(property: String) -> ArgumentDeclaration
  /// Takes a value; false if it is not what is expected. A flag is given an empty text.
  func receive(_ text: String) -> Bool
  /// True if a value has been given.
  var isFilled: Bool { get }
}

/// The storage of a field's value: a class, so that the command shares it with the reflected copy that the parser
/// fills.
final class ArgumentStorage<Value> {
  /// The value given, or the default.
  var value: Value?
  /// True if the value was given.
  var isFilled = false

  /// Creates storage that holds the default, if there is one.
  init(_ value: Value?) {
    self.value = value
  }

  /// The value; reading a required one before parsing is a programmer's mistake.
  var checkedValue: Value {
    guard let value else { preconditionFailure("a required argument was read before it was parsed") }
    return value
  }
}

extension String {
  /// `learningRate` as an option's name: `learning-rate`.
  var asOptionName: String {
    var result = ""
    for character in self {
      if character.isUppercase {
        result += "-" + character.lowercased()
      } else {
        result.append(character)
      }
    }
    return result
  }
}
