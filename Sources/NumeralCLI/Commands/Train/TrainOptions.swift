import Numeral
import NumeralWorkbench
import NumeralModels

/// What `numeral train` is told. Whatever is nil comes from the recipe.
struct TrainOptions: ParsableArguments {
  /// The recipe, or nil for a network given by flags.
  @Argument(
    reading: .word(of: KnownNames.recipes, placeholder: "RECIPE"), help: "The recipe; see 'numeral recipes'",
    default: "none, the flags give the network")
  var recipe: String?

  @OptionGroup var source: DataOptions

  // MARK: The network

  /// The layers before the hidden ones.
  @Option(
    reading: .body,
    help: "Layers before the hidden ones, as listed above", default: "the recipe's")
  var body: [Layer]?

  /// The sizes of the hidden layers.
  @Option(reading: .layers, help: "Sizes of the hidden layers", default: "the recipe's")
  var layers: LayerSizes?

  /// The activation of the hidden layers.
  @Option(reading: .activation, help: "Activation of the hidden layers", default: "the recipe's")
  var activation: Activation?

  /// The initial weights.
  @Option(
    name: "init", reading: .initializer,
    help: "Initial weights: \(Initializer.forms.listed(with: "or"))", default: "the recipe's")
  var initializer: Initializer?

  // MARK: The training

  /// How the gradient of a batch is made.
  @Option(reading: .oneOf, help: "Whether a batch's gradient is the mean or the sum", default: "the recipe's")
  var lossReduction: SoftmaxCrossEntropy.Reduction?

  /// The optimizer.
  @Option(reading: .optimizer, help: "The optimizer", default: "the recipe's")
  var optimizer: Optimizer.Kind?

  /// The learning rate.
  @Option(
    reading: .positiveNumber(placeholder: "RATE"), help: "The learning rate",
    default: "the recipe's; \(OptimizerTexts.learningRates)")
  var learningRate: Double?

  /// The share of the last step that goes on.
  @Option(
    reading: .number(placeholder: "SHARE"),
    help: "The share of the last step that \(OptimizerTexts.names(with: "momentum").listed(with: "and")) keep",
    default: OptimizerTexts.defaults(of: "momentum"))
  var momentum: Double?

  /// The decoupled weight decay.
  @Option(
    reading: .number(placeholder: "SHARE"),
    help: "What \(OptimizerTexts.names(with: "weightDecay").listed(with: "and")) take off each weight, times the "
      + "learning rate",
    default: OptimizerTexts.defaults(of: "weightDecay"))
  var weightDecay: Double?

  @OptionGroup var limits: RegularizationOptions

  /// How the learning rate changes.
  @Option(
    reading: .schedule,
    help: "How the learning rate changes: constant, step:EPOCHS:FACTOR, exponential:FACTOR, cosine:END, "
      + "one-cycle:RISE, plateau:FACTOR:EPOCHS, or one of them after warm-up:EPOCHS:FROM and a comma",
    default: "constant")
  var schedule: Schedule?

  /// How many images a step sees.
  @Option(reading: .batchSize, help: "Images per step; with full, one epoch is one step", default: "the recipe's")
  var batchSize: TrainingOptions.BatchSize?

  /// How often all images are seen.
  @Option(reading: .wholeNumber(in: 1...1_000_000), help: "Passes over the training data", default: "the recipe's")
  var epochs: Int?

  /// How much is held back for validation.
  @Option(
    reading: .validation, help: "Images held back for validation, as a count or a fraction; 0 trains on all",
    default: "the recipe's, else \(PartRules().validation?.description ?? "0")")
  var validation: ValidationChoice?

  /// Training images of each class.
  @Option(
    reading: .wholeNumber(in: 1...1_000_000_000), help: "Train on this many images of each class",
    default: "the recipe's, else all")
  var perClass: Int?

  /// Epochs without improvement before training stops.
  @Option(
    reading: .wholeNumber(in: 1...1_000_000),
    help: "Stop after this many epochs without a better validation loss, and keep the best weights", default: "never")
  var patience: Int?

  @OptionGroup var distortion: AugmentOptions

  @OptionGroup var start: SeedOptions

  /// How many seeds.
  @Option(
    reading: .wholeNumber(in: 1...10_000), help: "Train once for each of N seeds, counting up from --seed",
    default: "1")
  var seeds: Int?

  @OptionGroup var work: ThreadOptions

  // MARK: The results

  /// The folder that runs are saved under, or nil for the standard one.
  @Option(
    short: "o", reading: .path(placeholder: "DIR", completion: .folders), help: "Folder that the run is saved under",
    default: RunFolder.standardParent)
  var output: String?

  /// True if nothing is saved.
  @Flag(short: "n", help: "Save nothing")
  var noSave: Bool

  @OptionGroup var progress: ProgressOptions

  @OptionGroup var format: FormatOptions

  func validate() throws(UsageError) {
    try validateOptimizer()
    if noSave, output != nil { throw .conflict("--no-save", "--output") }
  }
}
