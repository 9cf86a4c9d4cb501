import Numeral
import NumeralWorkbench
import NumeralModels

/// `numeral compare`: two models on the same images.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two models on the same images: is one better, or is it chance?",
    discussion: [
      "McNemar's exact test looks at the images that only one of the two reads right. The interval of the difference "
        + "is Newcombe's for paired shares (1998, method 10). Images that one of them saw in its own training are "
        + "counted and reported.",
      "Images that only one of the two reads right are drawn on a terminal and listed elsewhere; --json lists them "
        + "all.",
    ],
    examples: [
      .init(
        line: "numeral compare runs/20260101-120000-digits-1 old/model.safetensors",
        effect: "Compare a run with an older model on the test part of the run's data."),
      .init(
        line: "numeral compare runs/20260101-120000-digits-1 runs/20260101-120000-digits-2 --html flips.html",
        effect: "Compare two runs, and show all images that only one of them reads right on a page."),
      .init(
        line: "numeral compare one.safetensors other.safetensors --data mnist --json",
        effect: "Compare two model files on MNIST, for a program."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  /// The first model.
  @Argument(reading: .path(placeholder: "A"), help: "The first model file, or the folder of a run")
  var first: String

  /// The second model.
  @Argument(reading: .path(placeholder: "B"), help: "The second model file, or the folder of a run")
  var second: String

  @OptionGroup var source: DataOptions

  /// The part of the data.
  @Option(reading: .oneOf, help: "The part of the data, split as A recorded it")
  var split = PartName.test

  /// The page's path.
  @Option(
    reading: .path(placeholder: "FILE"),
    help: "Write the comparison as an HTML page too; an existing file is replaced",
    default: "no page")
  var html: String?

  @OptionGroup var work: ThreadOptions
  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let kernels = try KernelSet.fromEnvironment()
    let runs = (try SavedRun(path: first), try SavedRun(path: second))
    let file = try html.map { try PageFile(path: $0, option: "--html") }
    let comparison = try Comparison(
      runs.0, runs.1, on: split, of: source.data, label: source.label,
      environment: context.environment, threads: work.threads ?? availableCores(), kernels: kernels)
    try context.checkCancellation()
    let receipt = try file?.write(comparison.page)
    if format.json {
      try context.output.line(comparison.json.text)
      return
    }
    for line in ComparisonView(comparison: comparison, style: context.outputStyle).lines() {
      try context.output.line(line)
    }
    if let receipt { try context.output.line("\npage  " + receipt) }
  }
}
