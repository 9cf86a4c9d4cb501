/// What the table knows of one argument, option or flag: all that parsing, help, manual and completions need.
struct ArgumentDeclaration: Equatable {
  /// Which of the three it is.
  enum Kind: Equatable {
    /// A word by its place.
    case positional
    /// A name and a value.
    case option
    /// A name alone.
    case flag
  }

  /// How often it may be given.
  enum Presence: Equatable {
    /// Once, or the command is not complete.
    case required
    /// Once or not at all; of several, the last counts.
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
  /// What holds when it is not given, as shown in help.
  var defaultText: String?
  /// What stands for its value.
  var placeholder = ""
  /// What its value must be.
  var expected = ""
  /// What a shell offers for its value.
  var completion = CompletionKind.nothing
  /// True if help, manual and completions leave it out.
  var isHidden = false

  /// How it is called in messages: `--epochs`, or `RECIPE`.
  var title: String {
    kind == .positional ? placeholder : "--\(name)"
  }

  /// How it is called in a list: `-o, --output DIR`, or `INPUT...`.
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

/// Where a field's value lives, so that the reflected copy that the parser fills and the command share it.
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
