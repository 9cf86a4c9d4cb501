/// How well one class, or the average class, is recognised; what cannot be computed is nil, never 0.
///
/// With TP, FP and FN counted one class against the rest:
///
/// ```
/// precision = TP / (TP + FP)         undefined if the class was never predicted
/// recall    = TP / (TP + FN)         undefined if there is no picture of the class
/// f1        = 2 TP / (2 TP + FP + FN)
/// auc       = P(score of a picture of the class > score of another) + ½ P(equal)
/// ```
public struct ClassScores: Sendable, Hashable {
  /// The share of right ones among pictures taken for the class.
  public let precision: Double?
  /// The share found among pictures of the class.
  public let recall: Double?
  /// The harmonic mean of precision and recall.
  public let f1: Double?
  /// The area under the curve of the receiver operating characteristic.
  public let auc: Double?
  /// The number of pictures of the class.
  public let support: Int

  /// Creates scores from values that are known.
  public init(precision: Double?, recall: Double?, f1: Double?, auc: Double?, support: Int) {
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.auc = auc
    self.support = support
  }

  /// The scores of one class.
  init(of label: Int, in matrix: ConfusionMatrix, auc: Double?) {
    let right = matrix.counts[label][label]
    let support = matrix.support(of: label)
    let predicted = matrix.predicted(as: label)
    precision = predicted == 0 ? nil : Double(right) / Double(predicted)
    recall = support == 0 ? nil : Double(right) / Double(support)
    f1 = support + predicted == 0 ? nil : 2 * Double(right) / Double(support + predicted)
    self.auc = auc
    self.support = support
  }

  /// The mean of all classes' scores, each weighing the same; a score undefined for one class is undefined.
  static func macro(_ classes: [ClassScores]) -> ClassScores {
    average(classes, weights: classes.map { _ in 1 })
  }

  /// The mean of all classes' scores, each weighing as much as it has pictures; those without any do not count.
  static func weighted(_ classes: [ClassScores]) -> ClassScores {
    average(classes, weights: classes.map { Double($0.support) })
  }

  private static func average(_ classes: [ClassScores], weights: [Double]) -> ClassScores {
    let total = weights.reduce(0, +)
    func mean(_ score: (ClassScores) -> Double?) -> Double? {
      var sum = 0.0
      // What weighs nothing, a class without pictures, need not be defined.
      for (scores, weight) in zip(classes, weights) where weight > 0 {
        guard let value = score(scores) else { return nil }
        sum += weight * value
      }
      return total > 0 ? sum / total : nil
    }
    return ClassScores(
      precision: mean { $0.precision }, recall: mean { $0.recall }, f1: mean { $0.f1 }, auc: mean { $0.auc },
      support: classes.reduce(0) { $0 + $1.support })
  }
}
