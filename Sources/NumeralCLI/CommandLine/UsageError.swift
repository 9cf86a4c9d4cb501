/// What can be wrong with the words of a command line.
enum UsageError: Error, Equatable {
  /// A word that is not the name of a command.
  case unknownCommand(found: String, known: [String])
  /// An option that the command does not have.
  case unknownOption(found: String, known: [String])
  /// An option without a value: at the end, or before another option.
  case missingValue(String, expected: String)
  /// A flag with a value: `--json=yes`.
  case unexpectedValue(String, found: String)
  /// A value that is not what the option or argument takes; `words` are those that it knows.
  case invalidValue(String, found: String, expected: String, words: [String])
  /// An argument that must be given.
  case missingArgument(String)
  /// An option that must be given.
  case missingOption(String)
  /// More arguments than the command takes.
  case unexpectedArgument(found: String, most: Int)
  /// A value that is refused, with the reason.
  case refused(String, reason: String)
  /// Two options that exclude each other.
  case conflict(String, String)
}

extension UsageError: CustomStringConvertible {
  /// One sentence: what is wrong, what was expected, and what was probably meant.
  var description: String {
    switch self {
    case .unknownCommand(let found, let known):
      "there is no command \(found.quoted)"
        + (Suggestion.sentence(for: found, among: known) ?? ", expected \(known.listed(with: "or"))")
    case .unknownOption(let found, let known):
      "there is no option \(found.quoted)" + (Suggestion.sentence(for: found, among: known) ?? "")
    case .missingValue(let option, let expected):
      "\(option) has no value, expected \(expected)"
    case .unexpectedValue(let flag, let found):
      "\(flag) takes no value, found \(found.quoted)"
    case .invalidValue(let name, let found, let expected, let words):
      "\(name) is \(found.quoted), expected \(expected)" + (Suggestion.sentence(for: found, among: words) ?? "")
    case .missingArgument(let name):
      "\(name) is missing"
    case .missingOption(let name):
      "\(name) is missing; it must be given"
    case .unexpectedArgument(let found, let most):
      "unexpected argument \(found.quoted), expected "
        + (most == 0 ? "no argument" : most == 1 ? "at most one" : "at most \(most)")
    case .refused(let name, let reason):
      "\(name): \(reason)"
    case .conflict(let first, let second):
      "\(first) and \(second) cannot be used together; give one of them"
    }
  }
}
