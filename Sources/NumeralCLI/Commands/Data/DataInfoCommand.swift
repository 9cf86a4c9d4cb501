import Numeral
import NumeralData
import NumeralFetch
import NumeralWorkbench
import NumeralModels

/// `numeral data info`: what is in a dataset, and what is odd about it.
struct DataInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Count a dataset's classes and pixels, and look for what is odd",
    discussion: [
      "Looks for images that occur twice, in one part or in both, for blank images, for ink and paper exchanged, and "
        + "for digits that lie on their side. The files of datasets with a name are compared with the published ones."
    ],
    examples: [
      .init(line: "numeral data info mnist", effect: "Look at MNIST."),
      .init(line: "numeral data info train.csv --json", effect: "The same figures of a table, for programs."),
    ],
    exitCodes: [.data, .noInput])

  /// The dataset.
  @Argument(
    reading: .text(placeholder: "SOURCE", completion: .valuesAndFiles(KnownNames.datasets)),
    help: "The dataset: a name, a file or a folder")
  var source: String

  @OptionGroup var table: LabelOptions

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let loaded = try LoadedData(source, label: table.label, environment: context.environment)
    let findings = try DataFindings(loaded.dataset, source: source, environment: context.environment)
    if format.json {
      try context.output.line(findings.json.text)
    } else {
      for line in findings.lines(context.outputStyle) { try context.output.line(line) }
    }
  }
}
