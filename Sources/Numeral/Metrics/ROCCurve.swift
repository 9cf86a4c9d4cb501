/// The receiver operating characteristic (ROC) curve: the share of positives found, over the share of negatives that
/// are falsely found with them.
///
/// ```
/// falsePositiveRate = FP / N,     truePositiveRate = TP / P          scores at least the threshold
/// ```
///
/// The curve runs from (0, 0) to (1, 1), and neither rate ever falls. Straight lines join the points. Points inside a
/// run of equal steps are left out; they lie on the line. Source: T. Fawcett, 2006, *An introduction to ROC analysis*,
/// doi:10.1016/j.patrec.2005.10.010.
public struct ROCCurve: Sendable, Hashable {
  /// The result for one threshold.
  public struct Point: Sendable, Hashable {
    /// The lowest score that counts as positive; infinite at the first point, where no score does.
    public let threshold: Float
    /// The share of negatives that count as positive, 0 ... 1.
    public let falsePositiveRate: Double
    /// The share of positives that count as positive, 0 ... 1: the recall.
    public let truePositiveRate: Double
  }

  /// `[points]`: by falling threshold, at least two points.
  public let points: [Point]
}

extension ThresholdCounts {
  /// The curve of the receiver operating characteristic; undefined without a positive or without a negative.
  public var rocCurve: ROCCurve? {
    if positiveCount == 0 || negativeCount == 0 { return nil }
    var points = [ROCCurve.Point(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)]
    for index in thresholds.indices where isCorner(index) {
      points.append(
        ROCCurve.Point(
          threshold: thresholds[index],
          falsePositiveRate: Double(falsePositives[index]) / Double(negativeCount),
          truePositiveRate: Double(truePositives[index]) / Double(positiveCount)))
    }
    return ROCCurve(points: points)
  }

  /// False if the next step is the same as the step before.
  private func isCorner(_ index: Int) -> Bool {
    if index == 0 || index == thresholds.count - 1 { return true }
    return truePositives[index + 1] - truePositives[index] != truePositives[index] - truePositives[index - 1]
      || falsePositives[index + 1] - falsePositives[index] != falsePositives[index] - falsePositives[index - 1]
  }
}
