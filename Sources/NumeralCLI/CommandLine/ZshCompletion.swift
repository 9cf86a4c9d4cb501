/// Completion for zsh: one function a command, in the terms of `_arguments`.
struct ZshCompletion {
  private let root: CommandDeclaration

  /// Creates the script of a table of commands.
  init(_ root: CommandDeclaration) {
    self.root = root
  }

  /// The script.
  var script: String {
    """
    #compdef \(root.name)
    # zsh completion for \(root.name), written by '\(root.name) completions zsh'

    _\(root.name)_words_or_files() {
      _alternative "words:name:($*)" "files:file:_files"
    }

    \(root.all.map(function).joined(separator: "\n"))
    if [ "$funcstack[1]" = "_\(root.name)" ]; then
      _\(root.name) "$@"
    else
      compdef _\(root.name) \(root.name)
    fi

    """
  }

  private func function(_ command: CommandDeclaration) -> String {
    let name = "_" + command.path.joined(separator: "_")
    var specifications = command.visibleOptions.flatMap(option)
    if command.subcommands.isEmpty {
      specifications += command.arguments.enumerated().map { positional($0.element, place: $0.offset + 1) }
      return """
        \(name)() {
          _arguments -s -S : \\
            \(specifications.joined(separator: " \\\n    "))
        }

        """
    }
    specifications += ["'1:command:->command'", "'*::argument:->argument'"]
    let rows = command.subcommands.map { "      '\(quote($0.name)):\(quote($0.configuration.abstract))'" }
    let cases = command.subcommands.map { "        \($0.name)) _\($0.path.joined(separator: "_")) ;;" }
    return """
      \(name)() {
        local curcontext="$curcontext" context state line
        _arguments -s -S -C : \\
          \(specifications.joined(separator: " \\\n    "))
        case $state in
          command)
            local -a commands=(
      \(rows.joined(separator: "\n"))
            )
            _describe command commands ;;
          argument)
            case $line[1] in
      \(cases.joined(separator: "\n"))
            esac ;;
        esac
      }

      """
  }

  private func option(_ row: ArgumentDeclaration) -> [String] {
    let text = "[\(bracket(row.help))]"
    let mark = row.kind == .option ? "=" : ""
    let value = row.kind == .option ? ":\(colon(row.placeholder)):\(action(row.completion))" : ""
    let long = "--\(row.name)\(mark)"
    let star = row.presence == .repeated ? "*" : ""
    guard let short = row.short else { return ["'\(star)\(long)\(text)\(value)'"] }
    let both = star.isEmpty ? "(-\(short) --\(row.name))" : "*"
    return ["'\(both)-\(short)\(row.kind == .option ? "+" : "")\(text)\(value)'", "'\(both)\(long)\(text)\(value)'"]
  }

  private func positional(_ row: ArgumentDeclaration, place: Int) -> String {
    let start = row.presence == .repeated ? "*" : row.presence == .optional ? "\(place):" : "\(place)"
    return "'\(start):\(colon(row.placeholder)):\(action(row.completion))'"
  }

  private func action(_ completion: CompletionKind) -> String {
    switch completion {
    case .nothing: " "
    case .values(let words): "(\(words.map(colon).joined(separator: " ")))"
    case .valuesAndFiles(let words): " _\(root.name)_words_or_files \(words.map(colon).joined(separator: " "))"
    case .files: "_files"
    case .folders: "_files -/"
    }
  }

  private func quote(_ text: String) -> String { text.replacing("'", with: "'\\''") }

  private func colon(_ text: String) -> String { quote(text).replacing(":", with: "\\:") }

  private func bracket(_ text: String) -> String {
    colon(text).replacing("[", with: "\\[").replacing("]", with: "\\]")
  }
}
