/// How well a network reads some labelled pictures.
public struct Evaluation: Sendable {
  /// The number of pictures.
  public let count: Int
  /// The number of pictures read wrong.
  public let errors: Int
  /// The mean cross-entropy; infinite if a label was given no probability at all.
  public let loss: Double
  /// Where the accuracy lies with 95 % confidence.
  public let interval: WilsonInterval?
  /// How often each class was taken for each.
  public let confusionMatrix: ConfusionMatrix
  /// The scores of each class, one against the rest.
  public let classes: [ClassScores]

  /// The share of pictures read right, nil without pictures.
  public var accuracy: Double? { count == 0 ? nil : Double(count - errors) / Double(count) }
  /// The mean of the classes' scores.
  public var macro: ClassScores { .macro(classes) }
  /// The mean of the classes' scores, weighted by their number of pictures.
  public var weighted: ClassScores { .weighted(classes) }

  /// Compares predictions with labels.
  ///
  /// - Parameters:
  ///   - predictions: What a network makes of the pictures, losses included.
  ///   - labels: `[pictures]`, each below the number of classes.
  /// - Precondition: There is one label and one loss for each prediction.
  public init(_ predictions: Predictions, labels: [UInt8]) {
    precondition(
      labels.count == predictions.count && predictions.losses.count == predictions.count,
      "one label and one loss for each prediction")
    let expected = labels.map { Int($0) }
    let matrix = ConfusionMatrix(
      predicted: predictions.classes, expected: expected, classCount: predictions.classCount)
    count = matrix.total
    errors = matrix.total - matrix.right
    // Summed in order, in Double: the same bits whatever the number of threads.
    loss = predictions.losses.reduce(0.0) { $0 + Double($1) } / Double(max(1, predictions.count))
    interval = WilsonInterval(successes: matrix.right, of: matrix.total)
    confusionMatrix = matrix
    classes = (0..<predictions.classCount).map { label in
      let scores = (0..<predictions.count).map { predictions.probabilities[$0 * predictions.classCount + label] }
      let auc = areaUnderROC(scores: scores, isPositive: expected.map { $0 == label })
      return ClassScores(of: label, in: matrix, auc: auc)
    }
  }
}

extension Network {
  /// Reads labelled pictures and compares with the labels.
  ///
  /// - Throws: ``TrainingError`` if the pictures do not fit the network or have no labels.
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
