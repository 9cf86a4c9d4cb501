/// What `numeral race` is told.
struct RaceOptions: ParsableArguments {
  /// The recipe.
  @Argument(
    reading: .word(of: KnownNames.recipes, placeholder: "RECIPE"), help: "The recipe; see 'numeral recipes'",
    default: "race")
  var recipe: String?

  /// The accuracy to be reached.
  @Option(
    reading: .percentage(in: 50...100), help: "The test accuracy to be reached, in per cent; it stops no training")
  var target = 99.0

  /// How many seeds.
  @Option(reading: .wholeNumber(in: 1...10_000), help: "Train once for each of N seeds, counting up from --seed")
  var seeds = 5

  /// The first seed.
  @Option(reading: .seed, help: "Seed of every random choice")
  var seed: UInt64 = 1

  /// How often all images are seen.
  @Option(reading: .wholeNumber(in: 1...1_000_000), help: "Passes over the training data", default: "the recipe's")
  var epochs: Int?

  @OptionGroup var source: DataOptions
  @OptionGroup var work: ThreadOptions

  /// True if no progress is shown.
  @Flag(short: "q", help: "Show no progress, only the result")
  var quiet: Bool

  @OptionGroup var format: FormatOptions
}
