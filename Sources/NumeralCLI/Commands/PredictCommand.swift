/// `numeral predict`: reads digits.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Read digits from a dataset, and show each with its probabilities",
    examples: [
      .init(
        line: "numeral predict --model runs/20260101-120000-digits-1 --data digits --index 0-9",
        effect: "Draw the first ten digits, each with what the model sees in it."),
      .init(
        line: "numeral predict --model model.safetensors --data test.csv --json",
        effect: "One JSON object per row of a table."),
    ],
    exitCodes: [.data, .noInput, .interrupted, .terminated])

  @OptionGroup var options: PredictOptions

  func run(_ context: CommandContext) throws {
    throw CommandFailure(.unavailable, "'numeral predict' is not in this build yet")
  }
}
