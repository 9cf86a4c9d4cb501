import Numeral
import NumeralPlots
import NumeralRendering
import NumeralWorkbench
import NumeralModels

/// `numeral plot`: a figure of a run as a file.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a figure of a run: curves, confusion matrix, ROC, mistakes, weights",
    discussion: [
      "Writes the figure to a file and prints its path. Curves over epochs are drawn from the run's history; all "
        + "other figures from its model, which reads the images of a part of the data again. The choice of images is "
        + "never random: they are the first of the part in its order, or the most confident mistakes."
    ],
    examples: [
      .init(
        line: "numeral plot runs/20260101-120000-digits-1 loss", effect: "Draw the loss of each epoch to loss.svg."),
      .init(
        line: "numeral plot runs/20260101-120000-digits-1 confusion --output errors.png --dpi 300 --theme dark",
        effect: "The confusion matrix on a dark ground, as PNG."),
      .init(
        line: "numeral plot runs/20260101-120000-digits-1 outcomes --class 3 --split train -o three.pdf",
        effect: "True and false positives and negatives of class 3, in the training part."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated],
    listing: .init(title: "Kinds", rows: FigureKind.allCases.map { .init($0.rawValue, $0.summary) }))

  /// The folder of a run, or a model file.
  @Argument(reading: .path(placeholder: "RUN"), help: "The folder of a run, or a model file")
  var run: String

  /// What is drawn.
  @Argument(reading: .oneOf(placeholder: "KIND"), help: "What to draw: one of the kinds below")
  var kind: FigureKind

  /// The file, or nil for one that is called as the kind.
  @Option(
    short: "o", reading: .path(placeholder: "FILE"),
    help: "The file to write, in the format that its name ends in: .svg, .png or .pdf; an existing file is replaced",
    default: "KIND.svg in this folder")
  var output: String?

  /// Pixels per inch.
  @Option(
    reading: .wholeNumber(in: Rasterizer.resolutions),
    help: "Pixels per inch of a PNG; at 96 text is as large as on a page, at 300 it is fit for print")
  var dpi = 300

  /// The background.
  @Option(
    reading: .oneOf, help: "The background; automatic follows the reader's system, and is light in PNG and PDF")
  var theme = Theme.automatic

  /// The part of the data.
  @Option(reading: .oneOf, help: "The part of the data, split as the run recorded it")
  var split = PartName.test

  @OptionGroup var source: DataOptions

  /// A class by its name.
  @Option(
    name: "class", reading: .text(placeholder: "CLASS"),
    help: "Images or curves of this class only; for outcomes, the class that is positive",
    default: "all; for outcomes, the class with the lowest F1")
  var className: String?

  /// The most images.
  @Option(
    reading: .wholeNumber(in: 1...10_000), help: "The most images, or units of the first layer, that are shown",
    default: Self.standardCounts)
  var count: Int?

  /// The scale of an axis.
  @Option(
    reading: .oneOf, help: "The axis of losses, of accuracies, or of false positive rates",
    default: "log for roc, else linear")
  var scale: ScaleChoice?

  @OptionGroup var work: ThreadOptions

  /// What is chosen of the figure.
  var figure: FigureOptions {
    FigureOptions(
      scale: scale.map { $0 == .log ? .logarithmic : .linear }, className: className, count: count)
  }

  func run(_ context: CommandContext) throws {
    let path = output ?? kind.rawValue + ".svg"
    let format = try FigureFormat(path: path)
    let kernels = try KernelSet.fromEnvironment()
    let run = try SavedRun(path: run)
    let figures = RunFigures(
      of: run, on: split, source: source.data, label: source.label,
      environment: context.environment, threads: work.threads ?? availableCores(), kernels: kernels)
    let file = try OutputFile(path: path, option: "--output")
    let svg = try figures.figure(kind, figure).svg(theme: theme)
    if kind.need != .history, kind.need != .model, let note = try figures.part().note {
      try context.errors.line("numeral: \(note)")
    }
    try context.checkCancellation()
    let bytes = try format.bytes(of: svg, dpi: dpi)
    try context.checkCancellation()
    try file.write(bytes)
    try context.output.line(path)
  }
}

extension PlotCommand {
  /// How many images each kind shows by default.
  fileprivate static var standardCounts: String {
    func count(_ kind: FigureKind) -> String { kind.standardCount.map { "\($0)" } ?? "all" }
    return "\(count(.samples)) images; \(count(.worst)) of the worst, \(count(.outcomes)) of each outcome, "
      + "\(count(.activationHistogram)) for activations; \(count(.weights)) units"
  }
}

/// The scale of an axis.
enum ScaleChoice: String, CaseIterable {
  case linear
  case log
}
