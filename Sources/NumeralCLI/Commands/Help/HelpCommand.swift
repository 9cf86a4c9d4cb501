/// `numeral help`: the help of a command.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show the help of a command",
    examples: [.init(line: "numeral help train", effect: "Show how to train.")])

  /// The words of the command.
  @Argument(
    reading: .text(
      placeholder: "COMMAND",
      completion: .values(NumeralCommand.configuration.subcommands.map { $0.configuration.commandName })),
    help: "The command", default: "all commands")
  var words: [String]

  func run(_ context: CommandContext) throws {
    var command = CommandDeclaration(NumeralCommand.self)
    for word in words {
      guard let next = command.subcommands.first(where: { $0.name == word }) else {
        let known = command.subcommands.map(\.name)
        throw UsageFailure(
          known.isEmpty
            ? .unexpectedArgument(found: word, most: command.path.count - 1)
            : .unknownCommand(found: word, known: known),
          path: ["numeral"])
      }
      command = next
    }
    try context.output.write(HelpText(command, style: context.outputStyle).text)
  }
}
