import Numeral
import NumeralWorkbench

/// What `numeral train` is told of clipping, averaging and regularization. Whatever is nil comes from the recipe; the
/// library checks the ranges of the numbers.
struct RegularizationOptions: ParsableArguments {
  /// The bound on the norm of all gradients.
  @Option(
    reading: .number(placeholder: "NORM"), help: "Scale the gradients down if their norm over all parameters is larger",
    default: "the recipe's, else none")
  var clipNorm: Double?

  /// The bound on each gradient.
  @Option(
    reading: .number(placeholder: "BOUND"), help: "Cut off every gradient at plus and minus this",
    default: "the recipe's, else none")
  var clipValue: Double?

  /// The decay of the running average.
  @Option(
    reading: .number(placeholder: "SHARE"),
    help: "Validate and keep a running average of the weights; each step keeps this share of it, as 0.999",
    default: "the recipe's, else none")
  var ema: Double?

  /// The L1 penalty.
  @Option(
    reading: .number(placeholder: "FACTOR"), help: "Penalty on the sum of the weights' magnitudes",
    default: "the recipe's, else 0")
  var l1: Double?

  /// The L2 penalty.
  @Option(
    reading: .number(placeholder: "FACTOR"), help: "Penalty on half the sum of the weights' squares",
    default: "the recipe's, else 0")
  var l2: Double?

  /// The bound on the norm of a unit's weights.
  @Option(
    reading: .number(placeholder: "NORM"),
    help: "Scale the weights that enter a unit down to this norm after each step",
    default: "the recipe's, else none")
  var maxNorm: Double?

  /// The share of the target that all classes divide.
  @Option(
    reading: .number(placeholder: "SHARE"),
    help: "Share of the training target that all classes divide equally; validation keeps the plain target",
    default: "the recipe's, else 0")
  var labelSmoothing: Double?

  /// Whether biases decay.
  @Flag(help: "Let --l1, --l2 and --weight-decay shrink biases too, as PyTorch does")
  var decayBiases: Bool

  func validate() throws(UsageError) {
    if clipNorm != nil, clipValue != nil { throw .conflict("--clip-norm", "--clip-value") }
  }

  /// Overrides what a setup says.
  func apply(to setup: inout TrainingSetup) {
    if let clipNorm { setup.training.clipping = .norm(clipNorm) }
    if let clipValue { setup.training.clipping = .value(clipValue) }
    if let ema { setup.training.averaging = ema }
    if let l1 { setup.training.regularization.l1 = l1 }
    if let l2 { setup.training.regularization.l2 = l2 }
    if let maxNorm { setup.training.regularization.maxNorm = maxNorm }
    if let labelSmoothing { setup.training.regularization.labelSmoothing = labelSmoothing }
    if decayBiases { setup.training.regularization.decaysBiases = true }
  }
}
