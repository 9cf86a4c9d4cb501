/// How many labelled images a network reads correctly: figures that need one pass over the images.
///
/// ``Evaluation`` adds figures that need sorting.
public struct EvaluationSummary: Sendable, Hashable {
  /// The number of images.
  public let count: Int
  /// The number of images read wrong.
  public let errors: Int
  /// The share of images read right, nil without images.
  public let accuracy: Double?
  /// The mean cross-entropy, 0 or more; infinite if a label has probability 0, nil without images.
  public let loss: Double?
  /// The 95 % confidence interval of the accuracy.
  public let interval: WilsonInterval?
  /// The counts by true and predicted class.
  public let confusionMatrix: ConfusionMatrix

  /// Compares predictions with labels.
  ///
  /// - Parameters:
  ///   - predictions: The network's predictions for the images, losses included.
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
