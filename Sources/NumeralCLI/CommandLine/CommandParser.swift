/// Turns the words after the program's name into a command that is ready to run.
struct CommandParser {
  /// The result of parsing.
  enum Outcome {
    /// A command, its properties filled.
    case command(any ParsableCommand)
    /// The help of a command, by its type and path.
    case help(any ParsableCommand.Type, path: [String])
  }

  /// The command that the program's name stands for.
  let root: any ParsableCommand.Type

  /// Reads the words.
  /// - Throws: `UsageFailure`: what is wrong, and the command whose help tells more.
  func parse(_ words: [String]) throws(UsageFailure) -> Outcome {
    var rest = words[...]
    var type = root
    var path = [root.configuration.commandName]
    while let word = rest.first, !word.hasPrefix("-"), !type.configuration.subcommands.isEmpty {
      guard let next = type.configuration.subcommands.first(where: { $0.configuration.commandName == word }) else {
        let known = type.configuration.subcommands.map { $0.configuration.commandName }
        throw UsageFailure(.unknownCommand(found: word, known: known), path: path)
      }
      type = next
      path.append(word)
      rest.removeFirst()
    }
    do throws(UsageError) {
      guard let command = try fill(type, from: rest) else { return .help(type, path: path) }
      return .command(command)
    } catch {
      throw UsageFailure(error, path: path)
    }
  }

  /// Creates the command and fills its properties; nil if help is asked for.
  private func fill(
    _ type: any ParsableCommand.Type, from words: ArraySlice<String>
  ) throws(UsageError) -> (any ParsableCommand)? {
    let command = type.init()
    let fields = CommandFields(of: command)
    var filling = Filling(fields: fields.rows, rest: words)
    guard try filling.readAll() else { return nil }
    for row in fields.rows where row.declaration.presence == .required && !row.field.isFilled {
      throw row.declaration.kind == .positional
        ? .missingArgument(row.declaration.title) : .missingOption(row.declaration.title)
    }
    for group in fields.groups { try group.validate() }
    return command
  }
}

/// Reads the words of one command into its fields.
private struct Filling {
  let fields: [CommandFields.Row]
  var rest: ArraySlice<String>
  var place = 0

  /// Reads every word; false as soon as help is asked for.
  mutating func readAll() throws(UsageError) -> Bool {
    while let word = rest.popFirst() {
      if word == "--" {
        while let word = rest.popFirst() { try readPositional(word) }
      } else if word == "--help" || word == "-h" {
        return false
      } else if word.hasPrefix("--") {
        try readLong(word)
      } else if word.hasPrefix("-"), word.count > 1, !Number.looksNegative(word) {
        guard try readShort(word) else { return false }
      } else {
        try readPositional(word)
      }
    }
    return true
  }

  private mutating func readLong(_ word: String) throws(UsageError) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let row = fields.first(where: { $0.declaration.kind != .positional && $0.declaration.name == name }) else {
      throw .unknownOption(found: "--\(name)", known: knownOptions)
    }
    try read(row, attached: attached)
  }

  /// Reads `-o runs`, `-oruns` or several flags in one word; false if `h` is among them.
  private mutating func readShort(_ word: String) throws(UsageError) -> Bool {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      if letter == "h" { return false }
      guard let row = fields.first(where: { $0.declaration.short == letter }) else {
        throw .unknownOption(found: letters.isEmpty && word.count == 2 ? word : "-\(letter)", known: knownOptions)
      }
      if row.declaration.kind == .flag {
        try read(row, attached: nil)
      } else {
        try read(row, attached: letters.isEmpty ? nil : String(letters.first == "=" ? letters.dropFirst() : letters))
        return true
      }
    }
    return true
  }

  private mutating func read(_ row: CommandFields.Row, attached: String?) throws(UsageError) {
    let declaration = row.declaration
    if declaration.kind == .flag {
      if let attached { throw .unexpectedValue(declaration.title, found: attached) }
      _ = row.field.receive("")
      return
    }
    if let attached { return try give(attached, to: row) }
    // A word that starts with a dash is the next option, unless it is a dash alone or a negative number.
    guard let next = rest.first, !next.hasPrefix("-") || next == "-" || Number.looksNegative(next) else {
      throw .missingValue(declaration.title, expected: declaration.expected)
    }
    rest.removeFirst()
    try give(next, to: row)
  }

  private mutating func readPositional(_ word: String) throws(UsageError) {
    let places = fields.filter { $0.declaration.kind == .positional }
    guard place < places.count else {
      throw .unexpectedArgument(found: word, most: places.count)
    }
    try give(word, to: places[place])
    if places[place].declaration.presence != .repeated { place += 1 }
  }

  private func give(_ text: String, to row: CommandFields.Row) throws(UsageError) {
    guard row.field.receive(text) else {
      let declaration = row.declaration
      throw .invalidValue(
        declaration.title, found: text, expected: declaration.expected, words: declaration.completion.words)
    }
  }

  private var knownOptions: [String] {
    fields.filter { $0.declaration.kind != .positional && !$0.declaration.isHidden }.map(\.declaration.title)
      + [ArgumentDeclaration.helpFlag.title]
  }
}
