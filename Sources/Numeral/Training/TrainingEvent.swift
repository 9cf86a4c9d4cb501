/// The events of a training; after each one the observer says whether to continue.
public enum TrainingEvent: Sendable {
  /// A step has ended: `step` of `steps`, in an epoch of `epochs`.
  case step(epoch: Int, step: Int, steps: Int, epochs: Int)
  /// An epoch has ended.
  case epoch(EpochRecord)
}

/// The observer's answer to an event.
public enum TrainingDecision: Sendable {
  /// Continue the training.
  case proceed
  /// Stop now. The network keeps its present weights, or those of the best epoch if `patience` is set.
  case stop
}

/// The record of one epoch.
///
/// Training loss and accuracy are measured during the epoch, each sample before its own update, and with distortions if
/// there are any. Validation is measured after the epoch's last update.
public struct EpochRecord: Sendable, Hashable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The mean cross-entropy of the training samples.
  public let trainLoss: Double
  /// The share of training samples predicted correctly.
  public let trainAccuracy: Double
  /// The mean cross-entropy of the validation samples, nil without a validation part.
  public let validationLoss: Double?
  /// The share of validation samples predicted correctly, nil without a validation part.
  public let validationAccuracy: Double?
  /// The seconds of training alone, without validation.
  public let seconds: Double
  /// Training samples per second.
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

/// The result of a training.
public struct TrainingOutcome: Sendable {
  /// Why training ended.
  public enum Ending: String, Sendable {
    /// All epochs are done.
    case completed
    /// The validation loss has not fallen for `patience` epochs.
    case stoppedEarly
    /// The observer stopped it.
    case cancelled
    /// A loss or a parameter became NaN or infinite; the network has the weights of the last good epoch.
    case diverged
  }

  /// The trained network: with the last weights, the best if patience was set, or the last good ones if it diverged.
  public let network: Network
  /// The epochs in order.
  public let history: [EpochRecord]
  /// Why training ended.
  public let ending: Ending
  /// The epoch with the lowest validation loss, nil without a validation part.
  public let bestEpoch: Int?
  /// The epoch whose weights the network has; 0 for the initial weights.
  public let keptEpoch: Int
}
