/// `numeral data`: the parent of the commands that look at datasets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Fetch, look at and convert datasets",
    examples: [
      .init(line: "numeral data fetch mnist", effect: "Fetch MNIST into the user's cache."),
      .init(line: "numeral data info mnist", effect: "Count its classes, and look for what is odd."),
      .init(line: "numeral data sample", effect: "Draw some of the built-in digits."),
    ],
    subcommands: [DataFetchCommand.self, DataInfoCommand.self, DataSampleCommand.self, DataConvertCommand.self])

  /// Without the word of a command it shows what there is.
  func run(_ context: CommandContext) throws {
    let declaration = CommandDeclaration(DataCommand.self, under: [NumeralCommand.configuration.commandName])
    try context.output.write(HelpText(declaration, style: context.outputStyle).text)
  }
}
