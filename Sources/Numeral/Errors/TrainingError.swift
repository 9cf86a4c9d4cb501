/// Why a training cannot start.
public enum TrainingError: Error, Equatable {
  /// A learning rate that is not a positive finite number.
  case learningRate(Double)
  /// Another setting of the optimizer, by its name, that is out of its range.
  case optimizer(setting: String, found: Double, expected: String)
  /// A setting of clipping, regularization or averaging, described in words, that is out of its range.
  case setting(String, found: Double, expected: String)
  /// A setting of the schedule that is out of its range.
  case schedule(setting: String, found: String, expected: String)
  /// A schedule that ends before the training does.
  case scheduleEnds(after: Int, epochs: Int)
  /// A warm-up that is as long as the training or longer.
  case warmUp(Int, epochs: Int)
  /// A batch without samples.
  case batchSize(Int)
  /// A batch too large for batch normalization.
  case normalizedBatch(Int)
  /// No epochs.
  case epochs(Int)
  /// A patience below one epoch.
  case patience(Int)
  /// Early stopping without a validation part.
  case patienceWithoutValidation
  /// No threads, or too many.
  case threads(Int)
  /// Images without labels.
  case unlabeled
  /// No images.
  case noImages
  /// A distortion that is out of its range, or images that cannot be distorted.
  case augmentation(AugmentationError)
  /// The network and the images do not fit each other.
  case network(NetworkError)
  /// A state of another training.
  case state(String)

  /// The largest number of threads.
  static let mostThreads = 1024
}

extension TrainingError: CustomStringConvertible {
  /// One sentence: what is wrong and what was expected.
  public var description: String {
    switch self {
    case .learningRate(let rate): "the learning rate is \(rate), expected a positive finite number"
    case .optimizer(let setting, let found, let expected):
      "the optimizer's \(setting) is \(found), expected \(expected)"
    case .setting(let setting, let found, let expected):
      "the \(setting) is \(found), expected \(expected)"
    case .schedule(let setting, let found, let expected):
      "the schedule's \(setting) is \(found), expected \(expected)"
    case .scheduleEnds(let end, let epochs):
      "the schedule ends after \(end) epochs, but training lasts \(epochs); "
        + "expected a schedule of at least \(epochs) epochs"
    case .warmUp(let length, let epochs):
      "the warm-up takes \(length) epochs of a training of \(epochs), expected fewer"
    case .batchSize(let size): "the batch size is \(size), expected 1 or more"
    case .normalizedBatch(let size):
      "the batch has \(size) images and the network normalizes over it, expected at most "
        + "\(BatchNormalization.mostRows); make batches smaller"
    case .epochs(let count): "the number of epochs is \(count), expected 1 or more"
    case .patience(let count): "the patience is \(count) epochs, expected 1 or more"
    case .patienceWithoutValidation:
      "early stopping watches the validation loss, but there is no validation part; hold one out, or set no patience"
    case .threads(let count): "the number of threads is \(count), expected 1 to \(TrainingError.mostThreads)"
    case .unlabeled: "the images have no labels, expected one each; training needs them"
    case .noImages: "there are no images to train on"
    case .augmentation(let error): error.description
    case .network(let error): error.description
    case .state(let reason): "the state belongs to another training: \(reason)"
    }
  }
}
