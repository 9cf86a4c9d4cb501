/// How many of some labelled images a network reads right: what takes one look at each image.
///
/// ``Evaluation`` adds what takes sorting.
public struct EvaluationSummary: Sendable, Hashable {
  /// The number of images.
  public let count: Int
  /// The number of images read wrong.
  public let errors: Int
  /// The share of images read right, nil without images.
  public let accuracy: Double?
  /// The mean cross-entropy, 0 or more; infinite if a label was given no probability at all, nil without images.
  public let loss: Double?
  /// Where the accuracy lies with 95 % confidence.
  public let interval: WilsonInterval?
  /// How often each class was taken for each.
  public let confusionMatrix: ConfusionMatrix

  /// Compares predictions with labels.
  ///
  /// - Parameters:
  ///   - predictions: What a network makes of the images, losses included.
  ///   - labels: `[images]`, each below the number of classes.
  /// - Precondition: There is one label and one loss for each prediction.
  /// - Complexity: O(images).
  public init(_ predictions: Predictions, labels: [UInt8]) {
    precondition(
      labels.count == predictions.count && predictions.losses.count == predictions.count,
      "one label and one loss for each prediction")
    let matrix = ConfusionMatrix(
      predicted: predictions.classes, expected: labels.map { Int($0) }, classCount: predictions.classCount)
    count = matrix.total
    errors = matrix.total - matrix.right
    accuracy = matrix.total == 0 ? nil : Double(matrix.right) / Double(matrix.total)
    // Summed in order, in Double: the same bits whatever the number of threads.
    let mean = predictions.losses.reduce(0.0) { $0 + Double($1) } / Double(predictions.count)
    loss = mean.isNaN ? nil : mean
    interval = WilsonInterval(successes: matrix.right, of: matrix.total)
    confusionMatrix = matrix
  }
}
