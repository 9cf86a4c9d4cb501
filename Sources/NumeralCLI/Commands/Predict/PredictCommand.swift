import Numeral
import NumeralData
import NumeralReading
import NumeralWorkbench

/// `numeral predict`: reads digits.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Read digits from pictures or from rows of a dataset, and say how surely",
    discussion: [
      "Pictures are PNG, JPEG, GIF, BMP or WebP files with one digit or many, on any paper and with any ink; "
        + "Documentation/YourDigits.md explains how they are read. What is no digit, or not surely one, is not guessed: the "
        + "reason is printed. A folder means all pictures in it; those that cannot be read are named, and the rest is read."
    ],
    examples: [
      .init(line: "numeral predict photo.jpg", effect: "Read the digits of a picture with the built-in model."),
      .init(
        line: "numeral predict scans --format csv", effect: "One row for each digit of each picture in a folder."),
      .init(
        line: "numeral predict photo.jpg --annotate read.png --show-steps steps",
        effect: "Draw boxes and digits over the picture, and save what was seen on the way."),
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
        .usage, "no input is given; name pictures, a folder of them, or a dataset with --data")
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
      case .picture(let path), .rows(let path): name = path
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

/// An input that cannot be read, so that the next one is tried; other errors end the command.
struct InputFailure: Error {
  let cause: any Error
}

/// What `numeral predict` is told.
struct PredictOptions: ParsableArguments {
  /// Pictures, folders of pictures, or files of rows.
  @Argument(
    reading: .path(placeholder: "INPUT"), help: "Pictures, folders of them, - for standard input, or datasets",
    default: "rows of --data")
  var inputs: [String]

  /// The model file or run folder.
  @Option(
    name: "model", short: "m", reading: .path(placeholder: "MODEL"),
    help: "A model file, or the folder of a run; of several, the mean of their probabilities is taken",
    default: "the built-in one")
  var models: [String] = []

  @OptionGroup var source: DataOptions

  /// The rows of the dataset, or nil for all.
  @Option(reading: .indices, help: "Rows of the dataset: 3, 0-9 or 1,5,7-9", default: "all")
  var index: IndexSelection?

  /// What a digit must be read with.
  @Option(
    reading: .share(placeholder: "SHARE"),
    help: "In pictures, refuse digits that are read with less confidence, 0 to 1",
    default: "\(DigitReader.standardConfidence)")
  var minConfidence: Double?

  /// How results are printed.
  @Option(
    name: "format", reading: .oneOf,
    help: "How results are printed; kaggle is ImageId,Label, counted from 1", default: "text")
  var outputFormat: OutputFormat?

  /// Where the picture with boxes goes.
  @Option(
    reading: .path(placeholder: "FILE"), help: "Draw boxes and digits over the picture, as PNG, SVG or PDF",
    default: "none")
  var annotate: String?

  /// Where the stages go.
  @Option(
    reading: .path(placeholder: "DIR", completion: .folders),
    help: "Save each stage of a picture as PNG in a folder; - prints their measures", default: "none")
  var showSteps: String?

  @OptionGroup var copies: TestCopiesOptions
  @OptionGroup var work: ThreadOptions
  @OptionGroup var format: FormatOptions

  func validate() throws(UsageError) {
    if format.json, let outputFormat, outputFormat != .json {
      throw .conflict("--json", "--format \(outputFormat.rawValue)")
    }
  }

  /// How results are printed.
  var chosenFormat: OutputFormat { format.json ? .json : outputFormat ?? .text }

  /// The first model, or nil if none is named.
  var model: String? { models.first }
}
