import Foundation
import Numeral
import NumeralWorkbench
import NumeralModels

/// `numeral report`: everything about a run as one page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write everything about a run as one HTML page, with its mistakes as images",
    discussion: [
      "The page is one file that contains no script and loads nothing, so it can be mailed, printed or kept. The "
        + "figures are computed again from the model and the data; without the data, the recorded figures are shown.",
      "Missing or damaged parts of a run are named on the page and on standard error; the rest is shown.",
    ],
    examples: [
      .init(line: "numeral report runs/20260101-120000-digits-1", effect: "Write report.html into the run's folder."),
      .init(
        line: "numeral report model.safetensors --data mnist -o model.html", effect: "Report a model file on MNIST."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  /// The run folder or model file.
  @Argument(reading: .path(placeholder: "RUN"), help: "The folder of a run, or a model file")
  var run: String

  /// The page's path.
  @Option(
    short: "o", reading: .path(placeholder: "FILE"), help: "The page; an existing file is replaced",
    default: "report.html in the folder of the run or of the model file")
  var output: String?

  @OptionGroup var source: DataOptions
  @OptionGroup var work: ThreadOptions

  func run(_ context: CommandContext) throws {
    let kernels = try KernelSet.fromEnvironment()
    let run = try SavedRun(path: run)
    let file = try PageFile(path: output ?? standardOutput)
    let report = try RunReport(
      of: run, source: source.data, label: source.label, environment: context.environment,
      threads: work.threads ?? availableCores(), kernels: kernels)
    let sentences = report.dataError.map { report.problems.dropLast() + [$0.sentence] } ?? report.problems
    for sentence in sentences { try context.errors.line("numeral: \(sentence)") }
    try context.checkCancellation()
    let page = report.page
    try context.checkCancellation()
    let receipt = try file.write(page)
    try context.output.line(receipt)
  }

  /// The default path of the page.
  private var standardOutput: String {
    var isFolder: ObjCBool = false
    let url = URL(fileURLWithPath: run)
    if FileManager.default.fileExists(atPath: run, isDirectory: &isFolder), isFolder.boolValue {
      return (run.hasSuffix("/") ? run : run + "/") + "report.html"
    }
    return url.deletingLastPathComponent().relativePath + "/report.html"
  }
}
