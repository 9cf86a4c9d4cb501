import NumeralWorkbench

/// What `numeral evaluate` is told.
struct EvaluateOptions: ParsableArguments {
  /// The model file or run folder.
  @Argument(reading: .path(placeholder: "MODEL"), help: "A model file, or the folder of a run")
  var model: String

  /// More models, read together with the first.
  @Argument(
    reading: .path(placeholder: "OTHER"), help: "More models, to be read together: the mean of their probabilities",
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
}
