public import Numeral
public import NumeralModels

/// The result of an experiment.
public struct ExperimentResult: Sendable {
  /// The experiment.
  public let experiment: Experiment
  /// The name of the dataset.
  public let datasetName: String
  /// History and ending of the training.
  public let outcome: TrainingOutcome
  /// The trained network with its provenance.
  public let model: Model
  /// One pass over the training part with the weights saved.
  public let train: EvaluationSummary
  let validationPart: MeasuredPart?
  let testPart: MeasuredPart?
  /// For each time that the test part was read, the number of epochs done by then.
  public let testPartReads: [Int]

  /// One pass over the validation part.
  public var validation: EvaluationSummary? { validationPart?.summary }
  /// One pass over the test part.
  public var test: EvaluationSummary? { testPart?.summary }

  /// Every metric of the part that says most about new images: the test part, else the validation part; nil without
  /// both.
  ///
  /// - Complexity: Computed at each call, some 5 ms for 10,000 images.
  public func details() -> (part: PartName, evaluation: Evaluation)? {
    let parts = [(PartName.test, testPart), (.validation, validationPart)]
    guard case (let name, let part?)? = parts.first(where: { $0.1 != nil }) else { return nil }
    return (name, Evaluation(part.predictions, labels: part.labels))
  }

  /// The seconds of training alone.
  public var trainSeconds: Double { outcome.history.reduce(0) { $0 + $1.seconds } }

  /// The median of the epochs' seconds, nil before the first epoch.
  public var epochSecondsMedian: Double? {
    let seconds = outcome.history.map(\.seconds).sorted()
    if seconds.isEmpty { return nil }
    let middle = seconds.count / 2
    return seconds.count % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2
  }
}
