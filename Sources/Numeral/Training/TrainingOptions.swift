/// How a network is trained.
public struct TrainingOptions: Sendable, Hashable {
  /// How many samples share one update.
  public enum BatchSize: Sendable, Hashable {
    /// So many; the last batch of an epoch may be smaller.
    case count(Int)
    /// All of them: one update an epoch.
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
  /// How the learning rate changes in the course of the training.
  public var schedule: Schedule
  /// A bound on gradients, or nil.
  public var clipping: GradientClipping?
  /// Penalties, bounds on norms and label smoothing.
  public var regularization: Regularization
  /// How much of a running average of the parameters each step keeps (Polyak averaging), nil for no average.
  ///
  /// ```
  /// average ← average + (1 − decay) / (1 − decayᵗ) · (θ − average)
  /// ```
  ///
  /// It is corrected for its beginning: after t steps it is the mean of the parameters after steps 1 to t with weights
  /// decayᵗ⁻ⁱ that add up to 1. Training goes on from the parameters themselves; validation measures the average, and
  /// the trained network is the average. 0.999 looks back about 1,000 steps; 0 to 0.999999.
  ///
  /// Source: B. Polyak, A. Juditsky, 1992, *Acceleration of stochastic approximation by averaging*,
  /// doi:10.1137/0330046, with weights that fade.
  public var averaging: Double?
  /// How many samples share one update.
  public var batchSize: BatchSize
  /// How many times every sample is used, 1 or more.
  public var epochs: Int
  /// Whether a batch's gradient is the mean or the sum over its samples.
  public var reduction: SoftmaxCrossEntropy.Reduction
  /// Stop after so many epochs without a lower validation loss, and keep the best weights; nil to train to the end and
  /// keep the last.
  public var patience: Int?
  /// How training images are distorted, anew in each epoch; loss and accuracy of an epoch are those of the distorted
  /// ones. Validation images stay as they are.
  public var augmentation: Augmentation
  /// The seed of the shuffles and of the distortions.
  public var seed: UInt64
  /// The threads to train on, 1 or more; the bits of the result do not depend on it.
  public var threads: Int

  /// Creates options; the defaults train an everyday network.
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

  /// Throws the first thing that is wrong with the options.
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
