/// The help of a command, for a person at a terminal.
struct HelpText {
  /// The width of a line. It does not depend on the terminal: short lines are easy to read, and the documentation
  /// quotes them.
  static let width = 80
  /// Where descriptions begin.
  private static let descriptionColumn = 26

  private let command: CommandDeclaration
  private let style: TerminalStyle

  /// Creates the help of a command.
  init(_ command: CommandDeclaration, style: TerminalStyle = .plain) {
    self.command = command
    self.style = style
  }

  /// The help, ending in a line break.
  var text: String {
    var sections = [Self.wrap("\(command.call): \(command.configuration.abstract)")]
    // The escape sequences come after the breaking: they have no width.
    sections[0][0] = style.paint(command.call, .bold) + sections[0][0].dropFirst(command.call.count)
    sections.append(Self.wrap("Usage: \(command.usage)", indentation: 0, hanging: 7 + command.call.count + 1))
    sections += command.configuration.discussion.map { Self.wrap($0) }
    let rows = command.subcommands.map { ($0.name, $0.configuration.abstract) }
    if !rows.isEmpty { sections.append([heading("Commands:")] + rows.flatMap { Self.entry($0.0, $0.1) }) }
    if !command.arguments.isEmpty {
      sections.append([heading("Arguments:")] + command.arguments.flatMap { Self.entry($0.heading, $0.fullHelp) })
    }
    if let listing = command.configuration.listing {
      sections.append([heading("\(listing.title):")] + listing.rows.flatMap { Self.entry($0.word, $0.meaning) })
    }
    sections.append([heading("Options:")] + command.visibleOptions.flatMap { Self.entry($0.heading, $0.fullHelp) })
    if !command.configuration.examples.isEmpty {
      sections.append(
        [heading("Examples:")]
          + command.configuration.examples.flatMap {
            Self.wrapCommand($0.line)
              + Self.wrap($0.effect, indentation: 6, hanging: 6)
          })
    }
    if command.subcommands.isEmpty {
      sections.append(
        [heading("Exit codes:")] + command.exitCodes.flatMap { Self.entry("\($0.rawValue)", $0.meaning, column: 8) })
    } else {
      sections.append([
        "See '\(command.path[0]) help \((command.path.dropFirst() + ["COMMAND"]).joined(separator: " "))' for more."
      ])
    }
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ text: String) -> String {
    style.paint(text, .bold)
  }

  /// A name in the left column with its description in the right one, or below where the name is too long.
  private static func entry(_ name: String, _ description: String, column: Int = descriptionColumn) -> [String] {
    let lines = wrap(description, indentation: column, hanging: column)
    let start = "  " + name
    guard start.count + 2 <= column, let first = lines.first else { return [start] + lines }
    return [start + first.dropFirst(start.count)] + lines.dropFirst()
  }

  /// Breaks a command line before its options, so that each stays with its value.
  private static func wrapCommand(_ line: String) -> [String] {
    let glued = line.split(separator: " ").reduce("") { result, word in
      result + (result.isEmpty ? "" : word.hasPrefix("-") ? " " : "\u{A0}") + word
    }
    return wrap(glued, indentation: 2, hanging: 6, continuation: " \\").map { $0.replacing("\u{A0}", with: " ") }
  }

  /// Breaks text into lines at spaces; a word longer than a line stays whole.
  static func wrap(_ text: String, indentation: Int = 0, hanging: Int = 0, continuation: String = "") -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indentation)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count + continuation.count > width {
        lines.append(line + continuation)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return isEmpty ? lines : lines + [line]
  }
}

extension CommandDeclaration {
  /// The call in one line: `numeral train [RECIPE] [OPTIONS]`.
  var usage: String {
    let needed = options.filter { $0.presence == .required }.map { "--\($0.name) \($0.placeholder)" }
    let places = arguments.map { argument in
      argument.presence == .required ? argument.heading : "[\(argument.heading)]"
    }
    return ([call] + (subcommands.isEmpty ? needed + places : ["COMMAND"]) + ["[OPTIONS]"]).joined(separator: " ")
  }

  /// Every exit code that the command can end with, in order.
  var exitCodes: [ExitCode] {
    let all = Set([ExitCode.success, .usage, .internal, .inputOutput] + configuration.exitCodes)
    return ExitCode.allCases.filter(all.contains)
  }
}

extension ArgumentDeclaration {
  /// The help with the default behind it.
  var fullHelp: String {
    switch (presence, defaultText) {
    case (.required, _): kind == .option ? "\(help) (required)" : help
    case (_, let text?): "\(help) (default: \(text))"
    case (_, nil): help
    }
  }
}
