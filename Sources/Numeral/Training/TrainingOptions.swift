/// The options of a training.
public struct TrainingOptions: Sendable, Hashable {
  /// The number of samples that share one update.
  public enum BatchSize: Sendable, Hashable {
    /// A number of samples; the last batch of an epoch may be smaller.
    case count(Int)
    /// All samples: one update for each epoch.
    case full

    /// The samples of a full batch of so many.
    func count(of total: Int) -> Int {
      switch self {
      case .full: total
      case .count(let size): min(size, total)
      }
    }
  }

  /// How gradients change parameters.
  public var optimizer: Optimizer
  /// How the learning rate changes during the training.
  public var schedule: Schedule
  /// A bound on gradients, or nil.
  public var clipping: GradientClipping?
  /// Penalties, bounds on norms and label smoothing.
  public var regularization: Regularization
  /// How much of a running average of the parameters each step keeps (Polyak averaging); nil for no average.
  ///
  /// ```
  /// average ← average + (1 − decay) / (1 − decayᵗ) · (θ − average)
  /// ```
  ///
  /// The average is corrected for its start: after t steps it is the mean of the parameters after steps 1 to t, with
  /// weights proportional to decayᵗ⁻ⁱ that add up to 1. Training continues from the parameters themselves. Validation
  /// measures the average, and the trained network has the average. With 0.999 it covers about 1,000 steps. Range: 0 to
  /// 0.999999.
  ///
  /// Source: B. Polyak, A. Juditsky, 1992, *Acceleration of stochastic approximation by averaging*,
  /// doi:10.1137/0330046; here with weights that decay.
  public var averaging: Double?
  /// The number of samples that share one update.
  public var batchSize: BatchSize
  /// How many times every sample is used, 1 or more.
  public var epochs: Int
  /// Whether a batch's gradient is the mean or the sum over its samples.
  public var reduction: SoftmaxCrossEntropy.Reduction
  /// Training stops after this many epochs without a lower validation loss, and the best weights are kept. With nil it
  /// runs to the end, and the last weights are kept.
  public var patience: Int?
  /// The distortions of training images, drawn anew in each epoch. An epoch's loss and accuracy are those of the
  /// distorted images. Validation images are not distorted.
  public var augmentation: Augmentation
  /// The seed of the shuffles and of the distortions.
  public var seed: UInt64
  /// The threads to train on, 1 or more; the bits of the result do not depend on it.
  public var threads: Int

  /// Creates options; the defaults suit ordinary networks.
  public init(
    optimizer: Optimizer = .standard, batchSize: BatchSize = .count(128), epochs: Int = 10,
    reduction: SoftmaxCrossEntropy.Reduction = .mean, schedule: Schedule = .constant,
    clipping: GradientClipping? = nil, regularization: Regularization = Regularization(), averaging: Double? = nil,
    patience: Int? = nil, augmentation: Augmentation = .none, seed: UInt64 = RandomStream.standardSeed,
    threads: Int = availableCores()
  ) {
    self.optimizer = optimizer
    self.schedule = schedule
    self.clipping = clipping
    self.regularization = regularization
    self.averaging = averaging
    self.batchSize = batchSize
    self.epochs = epochs
    self.reduction = reduction
    self.patience = patience
    self.augmentation = augmentation
    self.seed = seed
    self.threads = threads
  }

  /// Throws an error for the first option that is wrong.
  func check() throws(TrainingError) {
    try optimizer.check()
    try clipping?.check()
    try regularization.check()
    if let averaging, !(averaging >= 0 && averaging <= 0.999_999) {
      throw .setting("decay of the average", found: averaging, expected: "0 to 0.999999")
    }
    if case .count(let size) = batchSize, size < 1 { throw .batchSize(size) }
    guard epochs >= 1 else { throw .epochs(epochs) }
    try schedule.check(epochs: epochs)
    if let patience, patience < 1 { throw .patience(patience) }
    do { try augmentation.check() } catch { throw .augmentation(error) }
    guard threads >= 1, threads <= TrainingError.mostThreads else { throw .threads(threads) }
  }

  /// Throws the first thing by which network and images do not fit each other or the options.
  func check(
    _ network: Network, _ training: LabeledImages, _ validation: LabeledImages?
  ) throws(TrainingError) {
    try check(network, training)
    if let validation { try check(network, validation) }
    if patience != nil, validation == nil { throw .patienceWithoutValidation }
    let size = batchSize.count(of: training.count)
    guard !network.looksAtBatch || size <= BatchNormalization.mostRows else { throw .normalizedBatch(size) }
  }

  private func check(_ network: Network, _ images: LabeledImages) throws(TrainingError) {
    guard images.count > 0 else { throw .noImages }
    guard images.isLabeled else { throw .unlabeled }
    guard images.shape == network.input else {
      throw .network(.images(expected: network.input, found: images.shape))
    }
    guard images.classCount == network.classCount else {
      throw .network(.classCount(expected: network.classCount, found: images.classCount))
    }
    do { try augmentation.check(images.shape) } catch { throw .augmentation(error) }
  }

  /// What the plan is told of each step.
  var update: UpdateSettings {
    UpdateSettings(optimizer: optimizer, clipping: clipping, regularization: regularization, averaging: averaging)
  }
}
