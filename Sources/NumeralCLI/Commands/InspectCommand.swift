/// `numeral inspect`: what a model is, and where it comes from.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a model's layers, shapes and parameters, and how it was trained",
    examples: [.init(line: "numeral inspect runs/20260101-120000-digits-1", effect: "Show the model of a run.")],
    exitCodes: [.data, .noInput])

  /// The model file or run folder.
  @Argument(reading: .path(placeholder: "MODEL"), help: "A model file, or the folder of a run")
  var model: String

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    throw CommandFailure(.unavailable, "'numeral inspect' is not in this build yet")
  }
}
