/// How well one class is told from the rest; an undefined score is nil, never 0.
///
/// An image of the class is a positive, every other one a negative:
///
/// ```
/// precision = TP / (TP + FP)         undefined if the class was never predicted
/// recall    = TP / (TP + FN)         undefined if there is no image of the class
/// f1        = 2 TP / (2 TP + FP + FN)    undefined if both
/// ```
///
/// Source: C. van Rijsbergen, 1979, *Information Retrieval*, 2nd edition, chapter 7.
public struct ClassScores: Sendable, Hashable {
  /// TP: images of the class that were taken for it.
  public let truePositives: Int
  /// FP: other images that were taken for it.
  public let falsePositives: Int
  /// FN: images of the class that were taken for another.
  public let falseNegatives: Int
  /// TN: other images that were taken for others.
  public let trueNegatives: Int
  /// The area under the curve of the receiver operating characteristic, see ``ThresholdCounts/areaUnderROC``.
  public let auc: Double?
  /// The average precision, see ``ThresholdCounts/averagePrecision``.
  public let averagePrecision: Double?

  /// The scores of one class.
  ///
  /// - Parameters:
  ///   - label: The class, in `0 ..< matrix.classCount`.
  ///   - matrix: `[classes, classes]`: counts by true and predicted class.
  ///   - auc: 0 ... 1, or nil where it is undefined.
  ///   - averagePrecision: 0 ... 1, or nil where it is undefined.
  init(of label: Int, in matrix: ConfusionMatrix, auc: Double?, averagePrecision: Double?) {
    truePositives = matrix.counts[label][label]
    falsePositives = matrix.predicted(as: label) - truePositives
    falseNegatives = matrix.support(of: label) - truePositives
    trueNegatives = matrix.total - truePositives - falsePositives - falseNegatives
    self.auc = auc
    self.averagePrecision = averagePrecision
  }

  /// The number of images of the class.
  public var support: Int { truePositives + falseNegatives }
  /// The share of images of the class among images predicted as the class, 0 ... 1.
  public var precision: Double? { share(of: truePositives + falsePositives) }
  /// The share of the class's images that are predicted as the class, 0 ... 1.
  public var recall: Double? { share(of: support) }
  /// The harmonic mean of precision and recall, 0 ... 1; 0 if only one of them is undefined.
  public var f1: Double? {
    occurs ? 2 * Double(truePositives) / Double(2 * truePositives + falsePositives + falseNegatives) : nil
  }

  /// True if the class occurs among the labels or the predictions.
  var occurs: Bool { truePositives + falsePositives + falseNegatives > 0 }

  private func share(of count: Int) -> Double? { count == 0 ? nil : Double(truePositives) / Double(count) }
}
