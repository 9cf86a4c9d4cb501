import Numeral
import NumeralImages
import NumeralWorkbench

/// `numeral plot`: a figure of a run as a file.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a figure of a run: curves, confusion matrix, ROC, mistakes, weights",
    discussion: [
      "The figure goes to a file, whose path is printed. Curves over epochs are drawn from the run's history; all else from "
        + "its model, which reads the pictures of a part of the data anew. Which pictures are shown is never left to "
        + "chance: the first of the part in its order, or the most confident mistakes."
    ],
    examples: [
      .init(
        line: "numeral plot runs/20260101-120000-digits-1 loss", effect: "Draw the loss of each epoch to loss.svg."),
      .init(
        line: "numeral plot runs/20260101-120000-digits-1 confusion --output errors.png --dpi 300 --theme dark",
        effect: "The confusion matrix on a dark ground, as PNG."),
      .init(
        line: "numeral plot runs/20260101-120000-digits-1 outcomes --class 3 --split train -o three.pdf",
        effect: "What was taken for a 3 and what was not, in the training part."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated],
    listing: .init(title: "Kinds", rows: FigureKind.allCases.map { .init($0.rawValue, $0.summary) }))

  @OptionGroup var options: PlotOptions

  func run(_ context: CommandContext) throws {
    let path = options.output ?? options.kind.rawValue + ".svg"
    let format = try PictureFormat(path: path)
    let kernels = try KernelSet.fromEnvironment()
    let run = try SavedRun(path: options.run)
    let figures = RunFigures(
      of: run, on: options.split, source: options.source.data, label: options.source.label?.position,
      environment: context.environment, threads: options.work.threads ?? availableCores(), kernels: kernels)
    let file = try OutputFile(path: path, option: "--output")
    var isWritten = false
    defer { if !isWritten { file.discard() } }
    let svg = try figures.figure(options.kind, options.figure).svg(theme: options.theme)
    if options.kind.need != .history, options.kind.need != .model, let note = try figures.part().note {
      try context.errors.line("numeral: \(note)")
    }
    try context.checkCancellation()
    let bytes = try format.bytes(of: svg, dpi: options.dpi)
    try context.checkCancellation()
    try file.write(bytes)
    isWritten = true
    try context.output.line(path)
  }
}

/// The formats that a figure can have, known by the ending of the file's name.
enum PictureFormat: String, CaseIterable {
  case svg
  case png
  case pdf

  /// The format of a file.
  ///
  /// - Throws: `CommandFailure` with exit code 64.
  init(path: String) throws(CommandFailure) {
    // A name that starts with a point is hidden; what follows is no ending.
    let name = (path.split(separator: "/").last ?? "").drop { $0 == "." }
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map(String.init)
    guard let format = ending.flatMap({ PictureFormat(rawValue: $0.lowercased()) }) else {
      let endings = Self.allCases.map { ".\($0.rawValue)" }.listed(with: "or")
      throw CommandFailure(
        .usage,
        "\(path): the name " + (ending.map { "ends in .\($0)" } ?? "has no ending") + ", expected \(endings)")
    }
    self = format
  }

  /// A picture in this format.
  func bytes(of svg: String, dpi: Int) throws(RasterizerError) -> [UInt8] {
    switch self {
    case .svg: Array(svg.utf8)
    case .png: try Rasterizer.png(svg, dpi: dpi)
    case .pdf: try Rasterizer.pdf(svg)
    }
  }
}
