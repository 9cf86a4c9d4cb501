import NumeralWorkbench
import NumeralModels

/// What `numeral reproduce` is told.
struct ReproduceOptions: ParsableArguments {
  /// The recipes, or nil for all whose data is there.
  @Option(
    reading: .recipes, help: "Train only these; their data must exist", default: "all whose data exists")
  var only: RecipeSelection?

  @OptionGroup var start: SeedOptions

  @OptionGroup var work: ThreadOptions

  /// The folder that runs are saved under.
  @Option(
    short: "o", reading: .path(placeholder: "DIR", completion: .folders), help: "Folder that the runs are saved under")
  var output = RunFolder.standardParent

  /// The page, or nil for its usual place.
  @Option(
    reading: .path(placeholder: "FILE"),
    help: "The HTML page of all that the five systems show; an existing file is replaced",
    default: "reproduction.html in the folder of the runs")
  var html: String?

  @OptionGroup var progress: ProgressOptions

  @OptionGroup var format: FormatOptions

  /// Where the page goes.
  var page: String { html ?? output + "/reproduction.html" }
}
