/// Completion for bash, 3.2 and later; it needs nothing but bash.
struct BashCompletion {
  private let root: CommandDeclaration

  /// Creates the script of a table of commands.
  init(_ root: CommandDeclaration) {
    self.root = root
  }

  /// The script.
  var script: String {
    let name = root.name
    return """
      # bash completion for \(name), written by '\(name) completions bash'

      _\(name)() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path="" word place
        COMPREPLY=()
        # "--option=value" reaches us as three words.
        if [[ $current == "=" ]]; then
          current=""
        elif [[ $previous == "=" ]] && ((COMP_CWORD > 1)); then
          previous=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for ((place = 1; place < COMP_CWORD; place++)); do
          word=${COMP_WORDS[place]}
          case "$path/$word" in
      \(knownPaths)
          esac
        done
        case "$path:$previous" in
      \(valueCases)
        esac
        case "$path" in
      \(commandCases)
        esac
      }

      _\(name)_words() {
        local IFS=$' \\t\\n'
        COMPREPLY+=($(compgen -W "$1" -- "$current"))
      }

      _\(name)_files() {
        compopt -o filenames 2>/dev/null
        local IFS=$'\\n'
        COMPREPLY+=($(compgen "$1" -- "$current"))
      }

      complete -F _\(name) \(name)

      """
  }

  private var knownPaths: String {
    let paths = root.all.dropFirst().map { "\"\(path($0))\"" }
    return "      \(paths.joined(separator: " | "))) path=$path/$word ;;"
  }

  private var valueCases: String {
    var lines: [String] = []
    for command in root.all {
      for option in command.visibleOptions where option.kind == .option {
        let names = ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
        let pattern = names.map { "\"\(path(command)):\($0)\"" }.joined(separator: " | ")
        lines.append("    \(pattern)) \((offers(option.completion) + ["return"]).joined(separator: "; ")) ;;")
      }
    }
    return lines.joined(separator: "\n")
  }

  private var commandCases: String {
    root.all.map { command in
      let options = command.visibleOptions.flatMap { ["--\($0.name)"] + ($0.short.map { ["-\($0)"] } ?? []) }
      var otherwise = command.arguments.flatMap { offers($0.completion) }
      if !command.subcommands.isEmpty {
        otherwise = ["_\(root.name)_words \"\(command.subcommands.map(\.name).joined(separator: " "))\""]
      }
      return """
            "\(path(command))")
              if [[ $current == -* ]]; then
                _\(root.name)_words "\(options.joined(separator: " "))"
              else
                \(otherwise.isEmpty ? ":" : otherwise.joined(separator: "; "))
              fi ;;
        """
    }.joined(separator: "\n")
  }

  private func offers(_ completion: CompletionKind) -> [String] {
    switch completion {
    case .nothing: []
    case .values(let words): ["_\(root.name)_words \"\(words.joined(separator: " "))\""]
    case .valuesAndFiles(let words):
      ["_\(root.name)_words \"\(words.joined(separator: " "))\"", "_\(root.name)_files -f"]
    case .files: ["_\(root.name)_files -f"]
    case .folders: ["_\(root.name)_files -d"]
    }
  }

  private func path(_ command: CommandDeclaration) -> String {
    command.path.dropFirst().map { "/" + $0 }.joined()
  }
}
