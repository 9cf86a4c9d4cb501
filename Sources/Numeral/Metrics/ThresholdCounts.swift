/// How many positives and how many negatives score at least a threshold, for every threshold.
///
/// The scores are sorted once; both curves and their areas are read from these counts.
public struct ThresholdCounts: Sendable, Hashable {
  /// `[thresholds]`: the distinct scores, in falling order.
  public let thresholds: [Float]
  /// `[thresholds]`: the positives that score at least the threshold.
  public let truePositives: [Int]
  /// `[thresholds]`: the negatives that score at least the threshold.
  public let falsePositives: [Int]

  /// Counts at the distinct scores of some samples.
  ///
  /// - Parameters:
  ///   - scores: `[samples]`: high for a likely positive; any range.
  ///   - isPositive: `[samples]`.
  /// - Returns: nil if a score is NaN.
  /// - Precondition: Both lists have one length.
  /// - Complexity: O(n).
  public init?(scores: [Float], isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "one score for each sample")
    var positives = ScoreKeys()
    var negatives = ScoreKeys()
    for (score, positive) in zip(scores, isPositive) {
      if positive { positives.append(score) } else { negatives.append(score) }
    }
    self.init(positives: positives, negatives: negatives)
  }

  /// Counts at the distinct scores of positives and negatives, in any order; nil if a score is NaN.
  init?(positives: ScoreKeys, negatives: ScoreKeys) {
    if positives.hasNaN || negatives.hasNaN { return nil }
    var (positives, negatives) = (positives, negatives)
    positives.sort()
    negatives.sort()
    var thresholds: [Float] = []
    var truePositives: [Int] = []
    var falsePositives: [Int] = []
    var (found, mistaken) = (0, 0)
    while found < positives.keys.count || mistaken < negatives.keys.count {
      // Only the key of a NaN is as large as this.
      let key = min(
        found < positives.keys.count ? positives.keys[found] : .max,
        mistaken < negatives.keys.count ? negatives.keys[mistaken] : .max)
      while found < positives.keys.count, positives.keys[found] == key { found += 1 }
      while mistaken < negatives.keys.count, negatives.keys[mistaken] == key { mistaken += 1 }
      thresholds.append(ScoreKeys.score(of: key))
      truePositives.append(found)
      falsePositives.append(mistaken)
    }
    self.thresholds = thresholds
    self.truePositives = truePositives
    self.falsePositives = falsePositives
  }

  /// P: the number of positives.
  public var positiveCount: Int { truePositives.last ?? 0 }
  /// N: the number of negatives.
  public var negativeCount: Int { falsePositives.last ?? 0 }

  /// The area under the ROC curve, 0 ... 1: the probability that a positive scores higher than a negative; ties count
  /// half.
  ///
  /// ```
  /// auc = Σ_i (FP_i − FP_{i−1}) (TP_i + TP_{i−1}) / (2 P N)          over thresholds falling, from TP = FP = 0
  /// ```
  ///
  /// Undefined without a positive or without a negative. Source: J. Hanley, B. McNeil, 1982, *The meaning and use of
  /// the area under a ROC curve*, doi:10.1148/radiology.143.1.7063747.
  public var areaUnderROC: Double? {
    if positiveCount == 0 || negativeCount == 0 { return nil }
    // Twice the area in whole numbers, which Double adds exactly.
    var doubled = 0.0
    var (found, mistaken) = (0, 0)
    for index in thresholds.indices {
      doubled += Double(falsePositives[index] - mistaken) * Double(truePositives[index] + found)
      (found, mistaken) = (truePositives[index], falsePositives[index])
    }
    return doubled / (2 * Double(positiveCount) * Double(negativeCount))
  }

  /// The average precision, 0 ... 1: the precision at every threshold, weighted by the recall that it adds.
  ///
  /// ```
  /// averagePrecision = Σ_i (TP_i − TP_{i−1}) / P · TP_i / (TP_i + FP_i)
  /// ```
  ///
  /// A sum of steps without interpolation between thresholds, which would flatter. Undefined without a positive.
  /// Source: C. Buckley, E. Voorhees, 2000, *Evaluating evaluation measure stability*, doi:10.1145/345508.345543.
  public var averagePrecision: Double? {
    if positiveCount == 0 { return nil }
    var sum = 0.0
    var found = 0
    for index in thresholds.indices where truePositives[index] > found {
      let total = Double(truePositives[index] + falsePositives[index])
      sum += Double(truePositives[index] - found) * Double(truePositives[index]) / total
      found = truePositives[index]
    }
    return sum / Double(positiveCount)
  }
}
