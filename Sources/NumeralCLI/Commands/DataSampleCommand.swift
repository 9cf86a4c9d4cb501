import Numeral
import NumeralData
import NumeralImages
import NumeralPlots
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

  @OptionGroup var options: DataSampleOptions

  func run(_ context: CommandContext) throws {
    let format = try options.output.map { try PictureFormat(path: $0) }
    let source = options.input ?? "digits"
    let data = try LoadedData(source, label: options.label, environment: context.environment)
    let all = data.dataset.training
    let drawn = try all.drawing(min(options.count, all.count), seed: options.seed)
    let augmentation = options.distortion.augmentation ?? .none
    let sample = try drawn.augmented(
      by: augmentation, seed: options.seed, threads: availableCores(), kernels: try KernelSet.fromEnvironment())
    try context.checkCancellation()
    if let path = options.output, let format {
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
    var isWritten = false
    defer { if !isWritten { file.discard() } }
    let augmentation = options.distortion.augmentation ?? .none
    let grid = ImageGrid(
      title: "\(sample.count) pictures of \(name)",
      subtitle: "drawn with seed \(options.seed)" + (augmentation == .none ? "" : ", \(augmentation.text)"),
      tiles: (0..<sample.count).map { ImageGrid.Tile(Picture(of: sample, at: $0), captions: caption(sample, $0)) })
    let bytes = try format.bytes(of: grid.svg(), dpi: options.dpi)
    try context.checkCancellation()
    try file.write(bytes)
    isWritten = true
    try context.output.line(path)
  }

  private func caption(_ sample: LabeledImages, _ place: Int) -> [String] {
    sample.isLabeled ? [sample.classNames[Int(sample.labels[place])]] : []
  }
}
