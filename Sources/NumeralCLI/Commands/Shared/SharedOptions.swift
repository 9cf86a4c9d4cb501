import Numeral
import NumeralData
import NumeralWorkbench

/// Where images come from.
struct DataOptions: ParsableArguments {
  /// The dataset's name or path.
  @Option(
    reading: .text(placeholder: "SOURCE", completion: .valuesAndFiles(KnownNames.datasets)),
    help: "The dataset: digits (built in), a name under $NUMERAL_DATA, or a file or folder",
    default: "that of the recipe or model")
  var data: String?

  @OptionGroup private var table: LabelOptions

  /// Where the label stands in a CSV, or nil for where the file says.
  var label: LabelPosition? { table.label }
}

/// Where the label stands in a table.
struct LabelOptions: ParsableArguments {
  /// The place, or nil for where the file says.
  @Option(
    reading: .oneOf, help: "Where the label stands in a CSV whose header does not say", default: "as the file says")
  var label: LabelPosition?
}

/// What random choices start from.
struct SeedOptions: ParsableArguments {
  /// The seed.
  @Option(reading: .seed, help: "Seed of every random choice")
  var seed = RandomStream.standardSeed
}

/// Whether progress is shown.
struct ProgressOptions: ParsableArguments {
  /// True if no progress is shown.
  @Flag(short: "q", help: "Show no progress, only the result")
  var quiet: Bool
}

/// How many threads work.
struct ThreadOptions: ParsableArguments {
  /// The most threads that can be asked for.
  static let most = 1024

  /// The number of threads.
  @Option(
    reading: .wholeNumber(in: 1...most), help: "Threads that compute; the results are the same with any number",
    default: "the cores allowed")
  var threads: Int?
}

/// How often an image is read.
struct TestCopiesOptions: ParsableArguments {
  /// The number of distorted copies.
  @Option(
    reading: .wholeNumber(in: 0...TestTimeAugmentation.mostCopies),
    help: "Also read N slightly shifted and rotated copies of each image, the same copies every time, and take the "
      + "mean of all probabilities")
  var augmentTest = 0

  /// For the library.
  var augmentation: TestTimeAugmentation { TestTimeAugmentation(copies: augmentTest) }
}

/// How results are printed.
struct FormatOptions: ParsableArguments {
  /// True if results are JSON.
  @Flag(help: "Print JSON lines on standard output, and nothing else there")
  var json: Bool
}

/// Names that the parser, help and completions know.
enum KnownNames {
  /// The recipes.
  static let recipes = Recipe.all.map(\.name)
  /// The recipes of published systems.
  static let publishedRecipes = Recipe.publishedSystems.map(\.name)
  /// The datasets that have a name.
  static let datasets = KnownDataset.sourceNames
}
