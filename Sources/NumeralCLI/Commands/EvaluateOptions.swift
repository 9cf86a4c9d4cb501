import NumeralWorkbench

/// What `numeral evaluate` is told.
struct EvaluateOptions: ParsableArguments {
  /// The model file or run folder.
  @Argument(reading: .path(placeholder: "MODEL"), help: "A model file, or the folder of a run")
  var model: String

  @OptionGroup var source: DataOptions

  /// The part of the data.
  @Option(reading: .oneOf, help: "The part of the data, split as the run recorded it")
  var split = PartName.test

  /// The file of predictions, or nil for none.
  @Option(
    reading: .path(placeholder: "FILE"), help: "Write one row per image to this CSV file", default: "none")
  var predictions: String?

  @OptionGroup var work: ThreadOptions
  @OptionGroup var format: FormatOptions
}
