/// `numeral evaluate`: every metric of a model on a dataset.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model on a dataset: accuracy, loss, confusion matrix, metrics per class",
    discussion: [
      "Where the data has no test part of its own, the split that the run recorded is rebuilt and its held-out part is scored; "
        + "if the data is not that of the run, all of it is scored."
    ],
    examples: [
      .init(
        line: "numeral evaluate runs/20260101-120000-digits-1", effect: "Score a run on the test part of its data."),
      .init(
        line: "numeral evaluate model.safetensors --data mnist --predictions errors.csv",
        effect: "Score a model on MNIST, and keep every prediction."),
    ],
    exitCodes: [.data, .noInput, .cannotCreate, .interrupted, .terminated])

  @OptionGroup var options: EvaluateOptions

  func run(_ context: CommandContext) throws {
    throw CommandFailure(.unavailable, "'numeral evaluate' is not in this build yet")
  }
}
