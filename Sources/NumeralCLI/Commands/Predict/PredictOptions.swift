import NumeralReading

/// What `numeral predict` is told.
struct PredictOptions: ParsableArguments {
  /// Images, folders of images, or files of rows.
  @Argument(
    reading: .path(placeholder: "INPUT"), help: "Images, folders of them, - for standard input, or datasets",
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
    help: "In images, refuse digits that are read with less confidence, 0 to 1",
    default: "\(DigitReader.standardConfidence)")
  var minConfidence: Double?

  /// How results are printed.
  @Option(
    name: "format", reading: .oneOf,
    help: "How results are printed; kaggle is ImageId,Label, counted from 1", default: "text")
  var outputFormat: OutputFormat?

  /// Where the image with boxes goes.
  @Option(
    reading: .path(placeholder: "FILE"), help: "Draw boxes and digits over the image, as PNG, SVG or PDF",
    default: "none")
  var annotate: String?

  /// Where the stages go.
  @Option(
    reading: .path(placeholder: "DIR", completion: .folders),
    help: "Save each stage of an image as PNG in a folder; - prints measurements instead", default: "none")
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
