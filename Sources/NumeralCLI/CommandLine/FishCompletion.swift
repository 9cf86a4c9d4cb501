/// Completion for fish, 3.1 and later.
struct FishCompletion {
  private let root: CommandDeclaration

  /// Creates the script of a table of commands.
  init(_ root: CommandDeclaration) {
    self.root = root
  }

  /// The script.
  var script: String {
    let name = root.name
    return """
      # fish completion for \(name), written by '\(name) completions fish'

      # True if the words so far call exactly this command.
      function __\(name)_at
          set -l words (commandline -opc)
          set -e words[1]
          set -l path ""
          for word in $words
              if contains -- "$path/$word" \(knownPaths)
                  set path "$path/$word"
              end
          end
          test "$path" = "$argv[1]"
      end

      complete -c \(name) -f
      \(root.all.flatMap(lines).joined(separator: "\n"))

      """
  }

  private var knownPaths: String {
    root.all.dropFirst().map(path).joined(separator: " ")
  }

  private func lines(_ command: CommandDeclaration) -> [String] {
    let start = "complete -c \(root.name) -n '__\(root.name)_at \"\(path(command))\"'"
    var lines = command.subcommands.map { "\(start) -a \($0.name) -d '\(quote($0.configuration.abstract))'" }
    if command.subcommands.isEmpty {
      lines += command.arguments.compactMap { row in
        offers(row.completion).map { "\(start) \($0)" }
      }
    }
    for row in command.visibleOptions {
      var parts = [start, "-l \(row.name)"]
      if let short = row.short { parts.append("-s \(short)") }
      if row.kind == .option { parts.append("-r \(offers(row.completion) ?? "-f")") }
      lines.append((parts + ["-d '\(quote(row.help))'"]).joined(separator: " "))
    }
    return lines
  }

  private func offers(_ completion: CompletionKind) -> String? {
    switch completion {
    case .nothing: nil
    case .values(let words): "-f -a '\(quote(words.joined(separator: " ")))'"
    case .valuesAndFiles(let words): "-F -a '\(quote(words.joined(separator: " ")))'"
    case .files: "-F"
    case .folders: "-f -a '(__fish_complete_directories)'"
    }
  }

  private func path(_ command: CommandDeclaration) -> String {
    command.path.dropFirst().map { "/" + $0 }.joined()
  }

  private func quote(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
