import Numeral
import NumeralData
import NumeralPlots
import NumeralRendering
import NumeralWorkbench

/// `numeral data sample`: some pictures of a dataset, drawn by lot.
struct DataSampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw some pictures of a dataset, in the terminal or to a file",
    discussion: [
      "Pictures are drawn by lot from the training part; the same seed gives the same ones. With --augment they are shown as "
        + "a training would see them: distorted, and otherwise in each epoch."
    ],
    examples: [
      .init(line: "numeral data sample", effect: "Draw 25 of the built-in digits in the terminal."),
      .init(
        line: "numeral data sample mnist --count 100 --output sample.png", effect: "A grid of 100 pictures as PNG."),
      .init(
        line: "numeral data sample mnist --augment rotate:10,elastic:34:4 -o distorted.png",
        effect: "What a network sees that is trained with distortions."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  /// The dataset, or nil for the built-in digits.
  @Argument(
    reading: .text(placeholder: "SOURCE", completion: .valuesAndFiles(KnownNames.datasets)),
    help: "The dataset: digits (built in), a name under $NUMERAL_DATA, or a file or folder", default: "digits")
  var input: String?

  /// Where the label stands in a CSV.
  @Option(
    reading: .oneOf, help: "Where the label stands in a CSV whose header does not say", default: "as the file says")
  var label: LabelChoice?

  /// The number of pictures.
  @Option(short: "n", reading: .wholeNumber(in: 1...10_000), help: "So many pictures, or all if there are fewer")
  var count = 25

  @OptionGroup var distortion: AugmentOptions

  /// The seed.
  @Option(reading: .seed, help: "Seed of every random choice")
  var seed: UInt64 = 1

  /// The file, or nil for the terminal.
  @Option(
    short: "o", reading: .path(placeholder: "FILE"),
    help: "A file to draw to, in the format that its name ends in: .svg, .png or .pdf; one that is there is replaced",
    default: "none, the pictures are drawn in the terminal")
  var output: String?

  /// Pixels an inch.
  @Option(reading: .wholeNumber(in: Rasterizer.resolutions), help: "Pixels an inch of a PNG")
  var dpi = 150

  func run(_ context: CommandContext) throws {
    let format = try output.map { try PictureFormat(path: $0) }
    let source = input ?? "digits"
    let data = try LoadedData(source, label: label, environment: context.environment)
    let all = data.dataset.training
    let drawn = try all.drawing(min(count, all.count), seed: seed)
    let augmentation = distortion.augmentation ?? .none
    let sample = try drawn.augmented(
      by: augmentation, seed: seed, threads: availableCores(), kernels: try KernelSet.fromEnvironment())
    try context.checkCancellation()
    if let path = output, let format {
      try write(sample, named: data.dataset.name, to: path, format, context)
    } else {
      try draw(sample, context)
    }
  }

  private func draw(_ sample: LabeledImages, _ context: CommandContext) throws {
    let entries = (0..<sample.count).map { place in
      PictureGrid.Entry(picture: DigitPicture(sample, at: place), caption: caption(sample, place))
    }
    for line in PictureGrid(entries).lines(context.outputStyle) { try context.output.line(line) }
  }

  private func write(
    _ sample: LabeledImages, named name: String, to path: String, _ format: PictureFormat, _ context: CommandContext
  ) throws {
    let file = try OutputFile(path: path, option: "--output")
    let augmentation = distortion.augmentation ?? .none
    let grid = ImageGrid(
      title: "\(sample.count) pictures of \(name)",
      subtitle: "drawn with seed \(seed)" + (augmentation == .none ? "" : ", \(augmentation.text)"),
      tiles: (0..<sample.count).map { ImageGrid.Tile(GrayImage(of: sample, at: $0), captions: caption(sample, $0)) })
    let bytes = try format.bytes(of: grid.svg(), dpi: dpi)
    try context.checkCancellation()
    try file.write(bytes)
    try context.output.line(path)
  }

  private func caption(_ sample: LabeledImages, _ place: Int) -> [String] {
    sample.isLabeled ? [sample.classNames[Int(sample.labels[place])]] : []
  }
}
