/// `numeral recipes`: what there is to train.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "List the recipes: networks with their training and data, ready to train",
    examples: [.init(line: "numeral recipes", effect: "Show what there is to train.")])

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    throw CommandFailure(.unavailable, "'numeral recipes' is not in this build yet")
  }
}
