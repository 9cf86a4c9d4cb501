import NumeralImages

/// What `numeral data sample` is told.
struct DataSampleOptions: ParsableArguments {
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
}
