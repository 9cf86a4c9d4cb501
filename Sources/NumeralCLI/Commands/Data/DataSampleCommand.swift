import Numeral
import NumeralData
import NumeralPlots
import NumeralRendering
import NumeralWorkbench

/// `numeral data sample`: some random images of a dataset.
struct DataSampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw some images of a dataset, in the terminal or to a file",
    discussion: [
      "Images are chosen at random from the training part; the same seed gives the same images. With --augment they "
        + "are distorted, as in a training, which distorts them differently in each epoch."
    ],
    examples: [
      .init(line: "numeral data sample", effect: "Draw 25 of the built-in digits in the terminal."),
      .init(
        line: "numeral data sample mnist --count 100 --output sample.png", effect: "A grid of 100 images as PNG."),
      .init(
        line: "numeral data sample mnist --augment rotate:10,elastic:34:4 -o distorted.png",
        effect: "What a network sees that is trained with distortions."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  /// The dataset, or nil for the built-in digits.
  @Argument(
    reading: .text(placeholder: "SOURCE", completion: .valuesAndFiles(KnownNames.datasets)),
    help: "The dataset: digits (built in), a name under $NUMERAL_DATA, or a file or folder", default: BuiltInDigits.name
  )
  var input: String?

  @OptionGroup var table: LabelOptions

  /// The number of images.
  @Option(short: "n", reading: .wholeNumber(in: 1...10_000), help: "The number of images; all if there are fewer")
  var count = 25

  @OptionGroup var distortion: AugmentOptions

  @OptionGroup var start: SeedOptions

  /// The file, or nil for the terminal.
  @Option(
    short: "o", reading: .path(placeholder: "FILE"),
    help: "A file to draw to, in the format that its name ends in: .svg, .png or .pdf; an existing file is replaced",
    default: "none, the images are drawn in the terminal")
  var output: String?

  /// Pixels per inch.
  @Option(reading: .wholeNumber(in: Rasterizer.resolutions), help: "Pixels per inch of a PNG")
  var dpi = 150

  func run(_ context: CommandContext) throws {
    let format = try output.map { try FigureFormat(path: $0) }
    let source = input ?? BuiltInDigits.name
    let data = try LoadedData(source, label: table.label, environment: context.environment)
    let all = data.dataset.training
    let drawn = try all.drawing(min(count, all.count), seed: start.seed)
    let augmentation = distortion.augmentation ?? .none
    let images = try drawn.augmented(
      by: augmentation, seed: start.seed, threads: availableCores(), kernels: try KernelSet.fromEnvironment())
    try context.checkCancellation()
    if let path = output, let format {
      try write(images, named: data.dataset.name, to: path, format, context)
    } else {
      try draw(images, context)
    }
  }

  private func draw(_ images: LabeledImages, _ context: CommandContext) throws {
    let entries = (0..<images.count).map { place in
      TerminalImageGrid.Entry(image: TerminalImage(images, at: place), caption: caption(images, place))
    }
    for line in TerminalImageGrid(entries).lines(context.outputStyle) { try context.output.line(line) }
  }

  private func write(
    _ images: LabeledImages, named name: String, to path: String, _ format: FigureFormat, _ context: CommandContext
  ) throws {
    let file = try OutputFile(path: path, option: "--output")
    let augmentation = distortion.augmentation ?? .none
    let grid = ImageGrid(
      title: "\(images.count) images of \(name)",
      subtitle: "drawn with seed \(start.seed)" + (augmentation == .none ? "" : ", \(augmentation.text)"),
      tiles: (0..<images.count).map { ImageGrid.Tile(GrayImage(of: images, at: $0), captions: caption(images, $0)) })
    let bytes = try format.bytes(of: grid.svg(), dpi: dpi)
    try context.checkCancellation()
    try file.write(bytes)
    try context.output.line(path)
  }

  private func caption(_ images: LabeledImages, _ place: Int) -> [String] {
    images.isLabeled ? [images.classNames[Int(images.labels[place])]] : []
  }
}
