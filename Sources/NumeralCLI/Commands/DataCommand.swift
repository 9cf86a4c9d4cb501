/// `numeral data`: the parent of the commands that look at datasets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Look at datasets",
    examples: [.init(line: "numeral data sample", effect: "Draw some of the built-in digits.")],
    subcommands: [DataSampleCommand.self])

  /// Without the word of a command it shows what there is.
  func run(_ context: CommandContext) throws {
    let declaration = CommandDeclaration(DataCommand.self, under: [NumeralCommand.configuration.commandName])
    try context.output.write(HelpText(declaration, style: context.outputStyle).text)
  }
}
