import Numeral
import NumeralData
import NumeralReading
import NumeralWorkbench
import NumeralModels

/// `numeral predict`: reads digits.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Read digits from images or from rows of a dataset, with confidence",
    discussion: [
      "Images are PNG, JPEG, GIF, BMP or WebP files with one or more digits, on any paper and with any ink; "
        + "Documentation/YourDigits.md explains how they are read. A shape that may not be a digit is not guessed: "
        + "the reason is printed. A folder means all images in it; images that cannot be read are named, and the "
        + "others are read."
    ],
    examples: [
      .init(line: "numeral predict photo.jpg", effect: "Read the digits of an image with the built-in model."),
      .init(
        line: "numeral predict scans --format csv", effect: "One row for each digit of each image in a folder."),
      .init(
        line: "numeral predict photo.jpg --annotate read.png --show-steps steps",
        effect: "Draw boxes and digits over the image, and save its stages."),
      .init(
        line: "numeral predict --model runs/20260101-120000-digits-1 --data digits --index 0-9",
        effect: "Draw the first ten digits of a dataset, each with what the model sees in it."),
      .init(
        line: "numeral predict --model model.safetensors --data test.csv --format kaggle",
        effect: "A table that Kaggle takes: ImageId,Label."),
      .init(
        line: "numeral predict -m one.safetensors -m two.safetensors --data mnist --index 8",
        effect: "Let two models read together."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  @OptionGroup var options: PredictOptions

  func run(_ context: CommandContext) throws {
    let kernels = try KernelSet.fromEnvironment()
    var arguments = options.inputs
    if let source = options.source.data { arguments.append(source) }
    if arguments.isEmpty, options.model == nil {
      throw CommandFailure(
        .usage, "no input is given; name images, a folder of them, or a dataset with --data")
    }
    let ensemble =
      options.models.isEmpty
      ? try ModelEnsemble(
        [.init(name: Model.builtInName, model: try Model.builtIn())], augmentation: options.copies.augmentation)
      : try ModelEnsemble(paths: options.models, augmentation: options.copies.augmentation)
    if arguments.isEmpty { arguments.append(try ensemble.first.standardSource(ensemble.members[0].name)) }
    let inputs = PredictInput.list(arguments)
    let run = try PredictRun(options: options, ensemble: ensemble, kernels: kernels, inputs: inputs, context: context)
    var failures: [CommandFailure] = []
    for input in inputs {
      let name: String
      switch input {
      case .image(let path), .rows(let path): name = path
      }
      do {
        try run.read(input)
      } catch let error as InputFailure {
        // The other inputs are read all the same.
        let failure = CommandFailure(error.cause)
        failures.append(failure)
        if options.chosenFormat == .json {
          try context.output.line(
            JSONValue.object([("input", .string(name)), ("error", .string(failure.message))]).text)
        }
        if inputs.count > 1 { try context.errors.line("numeral: \(failure.message)") }
      }
      try context.checkCancellation()
    }
    guard let first = failures.first else { return }
    throw inputs.count == 1
      ? first : CommandFailure(first.code, "\(failures.count) of \(inputs.count) inputs could not be read")
  }
}
