/// How well a network reads some labelled images; an undefined figure is nil, never 0.
public struct Evaluation: Sendable {
  /// Accuracy, loss and the confusion matrix.
  public let summary: EvaluationSummary
  /// The scores of each class, one against the rest.
  public let classes: [ClassScores]
  /// The scores of all pairs of an image and a class together.
  public let micro: AverageScores
  /// How far confidence can be trusted; nil without images.
  public let calibration: Calibration?

  private let predictions: Predictions
  private let labels: [Int]
  private let ranks: LabelRanks?

  /// Compares predictions with labels.
  ///
  /// - Parameters:
  ///   - predictions: The network's predictions for the images, losses included.
  ///   - labels: `[images]`, each below the number of classes.
  /// - Precondition: There is one label and one loss for each prediction.
  /// - Complexity: O(images · classes).
  public init(_ predictions: Predictions, labels: [UInt8]) {
    let summary = EvaluationSummary(predictions, labels: labels)
    let matrix = summary.confusionMatrix
    let expected = labels.map { Int($0) }
    self.summary = summary
    classes = (0..<predictions.classCount).map { label in
      let counts = ThresholdCounts(of: label, in: predictions, labels: expected)
      return ClassScores(
        of: label, in: matrix, auc: counts?.areaUnderROC, averagePrecision: counts?.averagePrecision)
    }
    micro = .micro(
      accuracy: summary.accuracy,
      counts: ThresholdCounts(ofAllIn: predictions, labels: expected))
    calibration = Calibration(
      confidences: (0..<predictions.count).map { predictions.confidence(at: $0) },
      isRight: zip(predictions.classes, expected).map { $0 == $1 })
    ranks = LabelRanks(
      probabilities: predictions.probabilities, labels: expected, classCount: predictions.classCount)
    self.predictions = predictions
    self.labels = expected
  }

  /// The number of images.
  public var count: Int { summary.count }
  /// The number of images read wrong.
  public var errors: Int { summary.errors }
  /// The share of images read right, nil without images.
  public var accuracy: Double? { summary.accuracy }
  /// The mean cross-entropy, 0 or more; infinite if a label has probability 0, nil without images.
  public var loss: Double? { summary.loss }
  /// The 95 % confidence interval of the accuracy.
  public var interval: WilsonInterval? { summary.interval }
  /// The counts by true and predicted class; balanced accuracy and the correlations are computed from them.
  public var confusionMatrix: ConfusionMatrix { summary.confusionMatrix }
  /// The mean of the classes' scores.
  public var macro: AverageScores { .macro(classes) }
  /// The mean of the classes' scores, weighted by their number of images.
  public var weighted: AverageScores { .weighted(classes) }

  /// The share of images whose label is among the `k` classes with the highest probabilities, 0 ... 1.
  ///
  /// Among equal probabilities the later class comes first. nil without images, and unless 1 ≤ k < classes.
  public func accuracy(top k: Int) -> Double? { ranks?.accuracy(top: k) }

  /// The counts of one class's probability at every threshold, for curves of one class against the rest.
  ///
  /// ```swift
  /// let counts = evaluation.thresholdCounts(of: 7)
  /// plot(counts?.rocCurve, counts?.precisionRecallCurve)
  /// ```
  ///
  /// - Parameter label: The class, in `0 ..< classCount`.
  /// - Returns: nil if a probability is NaN.
  public func thresholdCounts(of label: Int) -> ThresholdCounts? {
    ThresholdCounts(of: label, in: predictions, labels: labels)
  }

  /// The counts of all probabilities together at every threshold, for micro-averaged curves; nil if one is NaN.
  public var microThresholdCounts: ThresholdCounts? { ThresholdCounts(ofAllIn: predictions, labels: labels) }
}

extension ThresholdCounts {
  /// Counts one class against the rest.
  fileprivate init?(of label: Int, in predictions: Predictions, labels: [Int]) {
    self.init(predictions, labels: labels, classes: label..<label + 1)
  }

  /// Counts all pairs of an image and a class.
  fileprivate init?(ofAllIn predictions: Predictions, labels: [Int]) {
    self.init(predictions, labels: labels, classes: 0..<predictions.classCount)
  }

  private init?(_ predictions: Predictions, labels: [Int], classes: Range<Int>) {
    var positives = ScoreKeys()
    var negatives = ScoreKeys()
    negatives.reserveCapacity(labels.count * classes.count)
    for (image, label) in labels.enumerated() {
      for other in classes {
        let score = predictions.probabilities[image * predictions.classCount + other]
        if other == label { positives.append(score) } else { negatives.append(score) }
      }
    }
    self.init(positives: positives, negatives: negatives)
  }
}

extension Network {
  /// Predicts labelled images and compares the predictions with the labels.
  ///
  /// - Throws: ``TrainingError`` if the images do not fit the network or have no labels.
  public func evaluate(
    _ images: LabeledImages, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(TrainingError) -> Evaluation {
    guard images.isLabeled else { throw .unlabeled }
    let predictions: Predictions
    do {
      predictions = try predict(images, threads: threads, kernels: kernels)
    } catch {
      throw .network(error)
    }
    return Evaluation(predictions, labels: images.labels)
  }
}
