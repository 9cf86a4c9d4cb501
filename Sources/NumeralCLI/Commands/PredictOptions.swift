/// What `numeral predict` is told.
struct PredictOptions: ParsableArguments {
  /// Files to read digits from.
  @Argument(reading: .path(placeholder: "INPUT"), help: "Files to read digits from", default: "rows of --data")
  var inputs: [String]

  /// The model file or run folder.
  @Option(
    short: "m", reading: .path(placeholder: "MODEL"), help: "A model file, or the folder of a run",
    default: "none, a model must be named")
  var model: String?

  @OptionGroup var source: DataOptions

  /// The rows of the dataset, or nil for all.
  @Option(reading: .indices, help: "Rows of the dataset: 3, 0-9 or 1,5,7-9", default: "all")
  var index: IndexSelection?

  @OptionGroup var work: ThreadOptions
  @OptionGroup var format: FormatOptions
}
