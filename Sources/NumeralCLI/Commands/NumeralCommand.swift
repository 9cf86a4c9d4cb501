/// `numeral` itself: the root of the table.
struct NumeralCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "numeral",
    abstract: "Handwritten-digit recognition with neural networks built from scratch",
    discussion: [
      "Results go to standard output, progress and problems to standard error. Colours are left out where NO_COLOR is "
        + "set or no terminal is attached."
    ],
    examples: [
      .init(line: "numeral train digits", effect: "Train on the built-in digits."),
      .init(line: "numeral recipes", effect: "Show what there is to train."),
      .init(line: "numeral help train", effect: "Show how to train, with examples."),
    ],
    subcommands: [
      TrainCommand.self, RecipesCommand.self, ReproduceCommand.self, RaceCommand.self, EvaluateCommand.self,
      CompareCommand.self, ReportCommand.self, PlotCommand.self, PredictCommand.self, InspectCommand.self,
      DataCommand.self, DoctorCommand.self, HelpCommand.self, CompletionsCommand.self, ManualCommand.self,
    ])

  /// True if the version is asked for.
  @Flag(help: "Show version, commit and instruction sets")
  var version: Bool

  func run(_ context: CommandContext) throws {
    if version {
      try context.output.line(Version.line(kernels: context.kernelDescription()))
    } else {
      try context.output.write(Overview.text(context.outputStyle))
    }
  }
}

/// What a newcomer sees who types `numeral` alone.
enum Overview {
  /// What it is, and three commands to try.
  static func text(_ style: TerminalStyle) -> String {
    let examples = NumeralCommand.configuration.examples
    let width = examples.map(\.line.count).max() ?? 0
    let lines = examples.map { example in
      "  " + style.paint(example.line, .bold) + String(repeating: " ", count: width - example.line.count + 3)
        + example.effect
    }
    return """
      \(style.paint("numeral", .bold)): handwritten-digit recognition with neural networks built from scratch

      Try:
      \(lines.joined(separator: "\n"))

      All commands: numeral help

      """
  }
}
