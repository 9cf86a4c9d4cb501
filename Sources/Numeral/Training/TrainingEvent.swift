/// What a trainer reports while it works; the observer answers whether to go on.
public enum TrainingEvent: Sendable {
  /// A step is done: `step` of `steps` in an epoch of `epochs`.
  case step(epoch: Int, step: Int, steps: Int, epochs: Int)
  /// An epoch is done.
  case epoch(EpochRecord)
}

/// The observer's answer to an event.
public enum TrainingDecision: Sendable {
  /// Train on.
  case proceed
  /// Stop now. The network keeps its present weights, or with `patience` set those of its best epoch.
  case stop
}

/// What is known of one epoch.
///
/// Training loss and accuracy are measured on the fly, each sample before the update that it takes part in, distorted
/// if training distorts; validation after the epoch's last update.
public struct EpochRecord: Sendable, Hashable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The mean cross-entropy of the training samples.
  public let trainLoss: Double
  /// The share of training samples predicted right.
  public let trainAccuracy: Double
  /// The mean cross-entropy of the validation samples, nil without a validation part.
  public let validationLoss: Double?
  /// The share of validation samples predicted right, nil without a validation part.
  public let validationAccuracy: Double?
  /// The seconds of training alone, validation left out.
  public let seconds: Double
  /// Training samples used per second.
  public let imagesPerSecond: Double

  /// Creates a record.
  public init(
    epoch: Int, trainLoss: Double, trainAccuracy: Double, validationLoss: Double?, validationAccuracy: Double?,
    seconds: Double, imagesPerSecond: Double
  ) {
    self.epoch = epoch
    self.trainLoss = trainLoss
    self.trainAccuracy = trainAccuracy
    self.validationLoss = validationLoss
    self.validationAccuracy = validationAccuracy
    self.seconds = seconds
    self.imagesPerSecond = imagesPerSecond
  }
}

/// What came of a training.
public struct TrainingOutcome: Sendable {
  /// Why training ended.
  public enum Ending: String, Sendable {
    /// All epochs are done.
    case completed
    /// The validation loss had not fallen for as many epochs as patience allows.
    case stoppedEarly
    /// The observer said stop.
    case cancelled
    /// A loss or a parameter became NaN or infinite; the weights are those of the last good epoch.
    case diverged
  }

  /// The network as trained: the last weights, or the best if patience was set, or the last good ones if it diverged.
  public let network: Network
  /// The epochs in order.
  public let history: [EpochRecord]
  /// Why training ended.
  public let ending: Ending
  /// The epoch with the lowest validation loss, nil without a validation part.
  public let bestEpoch: Int?
  /// The epoch whose weights the network holds; 0 for those before training.
  public let keptEpoch: Int
}
