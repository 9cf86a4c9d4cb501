/// `numeral train`: trains a recipe, or a network given by flags; evaluates it; saves the run.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a recipe, or a network given by flags, evaluate it and save the run",
    discussion: [
      "A recipe names a network, its training and its data; every flag overrides one of its settings. The same seed gives the "
        + "same weights, bit for bit, on any number of threads.",
      "A run is a folder with model.safetensors, history.csv and run.json. Control-C stops after the step at hand.",
    ],
    examples: [
      .init(line: "numeral train digits", effect: "Train on the built-in digits; nothing else is needed."),
      .init(
        line: "numeral train two-hidden --data mnist --seeds 5",
        effect: "Train five networks and print mean and spread."),
      .init(
        line:
          "numeral train --layers 256,64 --activation tanh --learning-rate 0.1 --batch-size 64 --epochs 20 --data train.csv",
        effect: "Train a network of your own on a table of yours."),
    ],
    exitCodes: [.data, .noInput, .cannotCreate, .interrupted, .terminated])

  @OptionGroup var options: TrainOptions

  func run(_ context: CommandContext) throws {
    throw CommandFailure(.unavailable, "'numeral train' is not in this build yet")
  }
}
