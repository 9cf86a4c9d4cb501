/// What `numeral reproduce` is told.
struct ReproduceOptions: ParsableArguments {
  /// The recipes, or nil for all whose data is there.
  @Option(
    reading: .recipes, help: "Train only these; their data must be there", default: "all whose data is there")
  var only: RecipeSelection?

  /// The seed.
  @Option(reading: .seed, help: "Seed of every random choice")
  var seed: UInt64 = 1

  @OptionGroup var work: ThreadOptions

  /// The folder that runs are saved under.
  @Option(
    short: "o", reading: .path(placeholder: "DIR", completion: .folders), help: "Folder that the runs are saved under")
  var output = "runs"

  /// The page, or nil for none.
  @Option(
    reading: .path(placeholder: "FILE"),
    help: "Write all that the five systems show as an HTML page; one that is there is replaced", default: "no page")
  var html: String?

  /// True if no progress is shown.
  @Flag(short: "q", help: "Show no progress, only the result")
  var quiet: Bool

  @OptionGroup var format: FormatOptions
}
