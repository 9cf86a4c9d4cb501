import Numeral
import NumeralData
import NumeralWorkbench
import NumeralModels

/// `numeral evaluate`: every metric of a model on a dataset.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model on a dataset: accuracy, loss, confusion matrix, metrics per class",
    discussion: [
      "Where the data has no test part of its own, the split that the run recorded is rebuilt and its held-out part "
        + "is scored; if the data is not that of the run, all of it is scored.",
      "Several models are scored as one: for each image the mean of their probabilities counts, and the loss is -ln "
        + "of the mean probability of the label. Images that one of them saw in its own training are counted and "
        + "reported.",
    ],
    examples: [
      .init(
        line: "numeral evaluate runs/20260101-120000-digits-1", effect: "Score a run on the test part of its data."),
      .init(
        line: "numeral evaluate model.safetensors --data mnist --predictions errors.csv",
        effect: "Score a model on MNIST, and keep every prediction."),
      .init(
        line: "numeral evaluate one.safetensors two.safetensors three.safetensors --augment-test 8",
        effect: "Score three models as one, each reading every image nine times."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  /// The model file or run folder.
  @Argument(reading: .path(placeholder: "MODEL"), help: "A model file, or the folder of a run")
  var model: String

  /// More models, read together with the first.
  @Argument(
    reading: .path(placeholder: "OTHER"), help: "More models; the mean of the probabilities of all models counts",
    default: "none")
  var others: [String]

  @OptionGroup var source: DataOptions

  /// The part of the data.
  @Option(reading: .oneOf, help: "The part of the data, split as the run recorded it")
  var split = PartName.test

  /// The file of predictions, or nil for none.
  @Option(
    reading: .path(placeholder: "FILE"), help: "Write one row per image to this CSV file", default: "none")
  var predictions: String?

  @OptionGroup var copies: TestCopiesOptions
  @OptionGroup var work: ThreadOptions
  @OptionGroup var format: FormatOptions

  /// All models.
  var models: [String] { [model] + others }

  func run(_ context: CommandContext) throws {
    let kernels = try KernelSet.fromEnvironment()
    let ensemble = try ModelEnsemble(paths: models, augmentation: copies.augmentation)
    let first = ensemble.first
    let data = try RunData(
      source: try source.data ?? first.standardSource(model), label: source.label,
      environment: context.environment)
    let part = try RunPart(split, of: ensemble, in: data)
    try part.check(first)
    let notes = try part.notes(on: ensemble, in: data)
    for note in notes { try context.errors.line("numeral: \(note)") }
    let file = try predictions.map { try PredictionsFile(path: $0) }
    let reading = try part.read(by: ensemble, threads: work.threads ?? availableCores(), kernels: kernels)
    let evaluation = reading.evaluation
    try context.checkCancellation()
    try file?.write(reading.predictions, images: part.images)

    // A model's temperature was found for its own probabilities, not for means.
    let isAlone = ensemble.members.count == 1 && ensemble.augmentation.copies == 0
    let temperature = isAlone ? first.temperature : nil
    let coverage = Coverage(reading.predictions, labels: part.images.labels, temperature: temperature)
    if format.json {
      let members: [(String, JSONValue)] = [
        ("dataset", .string(data.dataset.name)), ("split", .string(part.name.rawValue)),
        ("kernels", .string(kernels.name)), ("note", JSONValue(notes.isEmpty ? nil : notes.joined(separator: "; "))),
        ("temperature", JSONValue(temperature?.value)), ("coverage", coverage.json),
        ("models", .array(models.map { .string($0) })), ("augmentTest", .integer(copies.augmentTest)),
      ]
      try context.output.line(evaluation.json(classNames: first.classNames, adding: members).text)
      return
    }
    let view = EvaluationView(
      evaluation: evaluation, classNames: first.classNames, part: part.name.rawValue, style: context.outputStyle)
    let title = models.joined(separator: " + ") + " on \(data.dataset.name)"
    try context.output.line(context.outputStyle.paint(title, .bold))
    if copies.augmentTest > 0 {
      let noun = copies.augmentTest == 1 ? "copy" : "copies"
      try context.output.line("each image read with \(copies.augmentTest) distorted \(noun) of it")
    }
    try context.output.line()
    for line in EvaluationView.summary([(part.name.rawValue, evaluation.summary)]).lines(context.outputStyle) {
      try context.output.line(line)
    }
    for line in view.overall() + view.details() + CoverageView(coverage, temperature).lines(context.outputStyle) {
      try context.output.line(line)
    }
    if let path = predictions {
      try context.output.line()
      try context.output.line("predictions  \(path)")
    }
  }
}
