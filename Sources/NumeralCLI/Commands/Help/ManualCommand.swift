/// `numeral manual`: the manual page.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, as source for man",
    examples: [.init(line: "numeral manual | man -l -", effect: "Read it.")])

  func run(_ context: CommandContext) throws {
    try context.output.write(ManualPage(CommandDeclaration(NumeralCommand.self)).source)
  }
}
