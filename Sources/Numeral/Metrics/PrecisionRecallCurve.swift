/// The curve of precision over recall for falling thresholds.
///
/// ```
/// precision = TP / (TP + FP),     recall = TP / P          scores at least the threshold
/// ```
///
/// The curve runs from recall 0, where precision is set to 1, to recall 1. It is drawn in steps: a straight line
/// between points would show precisions that no threshold has. Of the points with equal recall only the first and the
/// last are kept. Source: J. Davis, M. Goadrich, 2006, *The relationship between precision-recall and ROC curves*,
/// doi:10.1145/1143844.1143874.
public struct PrecisionRecallCurve: Sendable, Hashable {
  /// The result for one threshold.
  public struct Point: Sendable, Hashable {
    /// The lowest score that counts as positive; infinite at the first point, where no score does.
    public let threshold: Float
    /// The share of positives that count as positive, 0 ... 1.
    public let recall: Double
    /// The share of true positives among all that count as positive, 0 ... 1.
    public let precision: Double
  }

  /// `[points]`: by falling threshold, at least two points.
  public let points: [Point]
}

extension ThresholdCounts {
  /// The curve of precision over recall; undefined without a positive.
  public var precisionRecallCurve: PrecisionRecallCurve? {
    if positiveCount == 0 { return nil }
    var points = [PrecisionRecallCurve.Point(threshold: .infinity, recall: 0, precision: 1)]
    for index in thresholds.indices where changesRecall(index) {
      let (found, mistaken) = (truePositives[index], falsePositives[index])
      points.append(
        PrecisionRecallCurve.Point(
          threshold: thresholds[index], recall: Double(found) / Double(positiveCount),
          precision: Double(found) / Double(found + mistaken)))
    }
    return PrecisionRecallCurve(points: points)
  }

  /// False if the thresholds before and after have the same recall.
  private func changesRecall(_ index: Int) -> Bool {
    if index == 0 || index == thresholds.count - 1 { return true }
    return truePositives[index - 1] != truePositives[index] || truePositives[index] != truePositives[index + 1]
  }
}
