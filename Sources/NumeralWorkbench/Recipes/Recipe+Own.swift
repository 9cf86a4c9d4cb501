import Numeral
import NumeralData
import NumeralModels

// Our own recipes, besides the five published ones. Settings were chosen on validation images; Documentation/Results.md
// has the figures.

extension Recipe {
  static let own: [Recipe] = [lenet5, race, elasticMLP, smallCNN, champion, digitOrNot]

  /// Source: Y. LeCun et al., 1998, *Gradient-based learning applied to document recognition*, doi:10.1109/5.726791,
  /// with ReLU, maximum pooling and softmax in place of tanh, subsampling and radial basis functions.
  private static let lenet5 = Recipe(
    name: "lenet5", summary: "LeNet-5 with ReLU and maximum pooling, without augmentation",
    setup: TrainingSetup(
      body: [
        Layer(Convolution(6, kernel: 5, padding: 2, activation: .relu)), Layer(Pooling.maximum(2)),
        Layer(Convolution(16, kernel: 5, activation: .relu)), Layer(Pooling.maximum(2)),
      ], hidden: [120, 84],
      training: TrainingOptions(
        optimizer: .adam(learningRate: 0.002), batchSize: .count(64), epochs: 10, schedule: .oneCycle(rise: 0.2))))

  /// The recipe that `numeral race` takes if none is named.
  ///
  /// All settings were chosen on validation images; the recipe itself trains on all training images.
  public static let race = Recipe(
    name: "race", summary: "99 % of MNIST in seconds: two convolutions, few epochs, no validation part",
    setup: TrainingSetup(
      body: [
        Layer(Convolution(12, kernel: 5, activation: .relu)), Layer(Pooling.maximum(2)),
        Layer(Convolution(24, kernel: 5, hasBias: false, initializer: .he)),
        Layer(BatchNormalization(activation: .relu)), Layer(Pooling.maximum(2)),
      ], hidden: [],
      training: TrainingOptions(
        optimizer: .adam(learningRate: 0.008), batchSize: .count(64), epochs: 2, schedule: .oneCycle(rise: 0.2)),
      parts: PartRules(validation: nil)))

  /// Source: P. Simard, D. Steinkraus, J. Platt, 2003, *Best practices for convolutional neural networks applied to
  /// visual document analysis*, doi:10.1109/ICDAR.2003.1227801.
  private static let elasticMLP = Recipe(
    name: "mlp-elastic", summary: "A dense network that sees each image deformed differently in every epoch",
    setup: TrainingSetup(
      hidden: [800],
      training: TrainingOptions(
        optimizer: .adam(learningRate: 0.001), batchSize: .count(128), epochs: 120, schedule: .cosine(),
        augmentation: .elasticDigits)))

  /// Few channels, so that the weights take less than 100 KB. The distortions are large, because people draw digits in
  /// many ways.
  private static let smallCNN = Recipe(
    name: "small-cnn", summary: "At most 25,000 parameters, for a built-in model and the browser",
    setup: TrainingSetup(
      body: block(12) + block(16, pools: true) + block(24) + block(32, pools: true) + block(32)
        + [Layer(Flatten())], hidden: [],
      training: TrainingOptions(
        optimizer: .adamW(learningRate: 0.006, weightDecay: 0.01), batchSize: .count(128), epochs: 40,
        schedule: .oneCycle(rise: 0.2), augmentation: drawn)))

  /// Like `smallCNN`, with at least twice the channels, dropout and label smoothing.
  private static let champion = Recipe(
    name: "champion", summary: "The most accurate: convolutions with batch normalization and augmentation",
    setup: TrainingSetup(
      body: block(24) + block(24, pools: true) + block(48) + block(48, pools: true) + block(96)
        + [Layer(Flatten()), Layer(Dropout(0.3))], hidden: [],
      training: TrainingOptions(
        optimizer: .adamW(learningRate: 0.004, weightDecay: 0.01), batchSize: .count(128), epochs: 30,
        schedule: .oneCycle(rise: 0.2), regularization: Regularization(labelSmoothing: 0.05), augmentation: handwriting)
    ))

  /// Decides whether an image shows a digit, so that the built-in model need not guess. It is as small as possible.
  private static let digitOrNot = Recipe(
    name: "digit-or-not", summary: "Tells `predict` which images show no digit", data: DigitOrNot.name,
    setup: TrainingSetup(
      body: block(8) + block(12, pools: true) + block(16) + block(24, pools: true) + block(24)
        + [Layer(Flatten())], hidden: [],
      training: TrainingOptions(
        optimizer: .adamW(learningRate: 0.006, weightDecay: 0.01), batchSize: .count(128), epochs: 12,
        schedule: .oneCycle(rise: 0.2), augmentation: drawn)))

  /// A 3×3 convolution, batch normalization and ReLU, then maximum pooling of 2×2 if `pools` is true.
  private static func block(_ channels: Int, pools: Bool = false) -> [Layer] {
    [
      Layer(Convolution(channels, kernel: 3, hasBias: false, initializer: .he)),
      Layer(BatchNormalization(activation: .relu)),
    ] + (pools ? [Layer(Pooling.maximum(2))] : [])
  }

  /// Distortions as large as the differences between people's handwriting.
  private static let handwriting = Augmentation(
    shift: 2, rotation: 12, scale: 0.88...1.12, shear: 0.1, elastic: .init(alpha: 20, sigma: 5))

  /// Distortions as large as the differences between drawings with mouse, finger and pen.
  private static let drawn = Augmentation(
    shift: 2, rotation: 15, scale: 0.85...1.15, shear: 0.15, elastic: .init(alpha: 20, sigma: 5), stroke: 0.5)
}
