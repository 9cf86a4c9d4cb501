/// The manual page `numeral(1)`, covering all commands, in the macros of man(7), which every man program reads.
struct ManualPage {
  private let root: CommandDeclaration

  /// Creates the page of a table of commands.
  init(_ root: CommandDeclaration) {
    self.root = root
  }

  /// The page's source.
  var source: String {
    var lines = [
      ".TH \(Self.escape(root.name.uppercased())) 1 \(Version.date) \"\(root.name) \(Version.number)\"",
      ".SH NAME",
      "\(Self.escape(root.name)) \\- \(Self.escape(root.configuration.abstract))",
      ".SH SYNOPSIS",
    ]
    for command in root.subcommands {
      lines += [
        ".B \(Self.escape(command.call))", Self.escape(String(command.usage.dropFirst(command.call.count + 1))), ".br",
      ]
    }
    lines += [".B \(Self.escape(root.name))", Self.escape("--version"), ".SH DESCRIPTION"]
    lines += Self.paragraphs(root.configuration.discussion)
    lines += [".SH OPTIONS"] + Self.entries(root.visibleOptions)
    lines += [".SH COMMANDS"]
    for command in root.all.dropFirst() { lines += section(command) }
    lines += [".SH EXAMPLES"] + Self.examples(root.configuration.examples)
    lines += [".SH EXIT STATUS"]
    for code in ExitCode.allCases { lines += [".TP", ".B \(code.rawValue)", Self.escape(code.meaning)] }
    lines += [".SH ENVIRONMENT"]
    for (name, meaning) in Self.variables { lines += [".TP", ".B \(name)", Self.escape(meaning)] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The variables that the program looks at.
  static let variables = [
    ("NUMERAL_DATA", "The folder in which datasets are found by name: mnist is $NUMERAL_DATA/mnist."),
    (
      "NUMERAL_KERNELS",
      "The instruction set to compute with: baseline, avx2 or avx512. The best one is taken if unset."
    ),
    ("NO_COLOR", "No colours if it is set to any value."),
    ("COLUMNS", "The width of the terminal where the system does not know it."),
  ]

  private func section(_ command: CommandDeclaration) -> [String] {
    var lines = [".SS \(Self.escape(command.path.dropFirst().joined(separator: " ")))"]
    lines += [Self.escape(command.configuration.abstract + ".")]
    for paragraph in command.configuration.discussion { lines += [".PP", Self.escape(paragraph)] }
    lines += Self.entries(command.arguments)
    if let listing = command.configuration.listing {
      lines += [".PP", Self.escape("\(listing.title):")]
      lines += listing.rows.flatMap { [".TP", ".B \(Self.escape($0.word))", Self.escape($0.meaning + ".")] }
      lines += [".PP", "Options:"]
    }
    lines += Self.entries(command.visibleOptions.filter { $0.name != "help" })
    if !command.configuration.examples.isEmpty {
      lines += [".PP", command.configuration.examples.count == 1 ? "Example:" : "Examples:"]
      lines += Self.examples(command.configuration.examples)
    }
    return lines
  }

  private static func paragraphs(_ texts: [String]) -> [String] {
    texts.enumerated().flatMap { $0.offset == 0 ? [escape($0.element)] : [".PP", escape($0.element)] }
  }

  private static func entries(_ rows: [ArgumentDeclaration]) -> [String] {
    rows.flatMap { row in
      let heading = row.heading.drop { $0 == " " }
      return [".TP", ".B \(escape(String(heading)))", escape(row.fullHelp + ".")]
    }
  }

  private static func examples(_ examples: [CommandConfiguration.Example]) -> [String] {
    examples.flatMap { [".TP", ".B \(escape($0.line))", escape($0.effect)] }
  }

  /// Text as roff shows it: dashes stay dashes, backslashes backslashes, and no line is taken for a request.
  private static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      case "`": result += "\\(ga"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
