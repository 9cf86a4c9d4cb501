/// `numeral completions`: scripts that let a shell complete the command line.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print the completion script of a shell",
    discussion: ["'make install' puts the scripts where the shells look for them."],
    examples: [.init(line: "source <(numeral completions bash)", effect: "Complete in this shell.")])

  /// The shell.
  @Argument(reading: .oneOf, help: "The shell")
  var shell: Shell

  func run(_ context: CommandContext) throws {
    let table = CommandDeclaration(NumeralCommand.self)
    switch shell {
    case .bash: try context.output.write(BashCompletion(table).script)
    case .zsh: try context.output.write(ZshCompletion(table).script)
    case .fish: try context.output.write(FishCompletion(table).script)
    }
  }
}

/// A shell to write completions for.
enum Shell: String, CaseIterable {
  case bash
  case zsh
  case fish
}
