/// The scores of all classes in one figure each; an undefined score is nil, never 0.
///
/// ```
/// macro    = Σ score / classes                     every class weighs the same
/// weighted = Σ support · score / Σ support         a class weighs as much as it has images
/// micro    = the score of all (image, class) pairs together
/// ```
///
/// Precision, recall and F1 are averaged over the classes that occur: those with an image, or with a prediction. AUC
/// and average precision are averaged over all classes, because every class has scores. If one of these classes has an
/// undefined score, the mean is undefined too: leaving the class out would flatter, and counting it as 0 would invent a
/// figure.
public struct AverageScores: Sendable, Hashable {
  /// The mean precision, 0 ... 1.
  public let precision: Double?
  /// The mean recall, 0 ... 1.
  public let recall: Double?
  /// The mean F1, 0 ... 1; not the harmonic mean of the two above.
  public let f1: Double?
  /// The mean area under the curve of the receiver operating characteristic, 0 ... 1.
  public let auc: Double?
  /// The mean average precision, 0 ... 1.
  public let averagePrecision: Double?

  /// The mean with equal weights for all classes.
  static func macro(_ classes: [ClassScores]) -> AverageScores {
    AverageScores(classes) { _ in 1 }
  }

  /// The mean in which each class has its number of images as weight.
  static func weighted(_ classes: [ClassScores]) -> AverageScores {
    AverageScores(classes) { Double($0.support) }
  }

  /// The scores of all pairs of an image and a class; the correct pairs are the positives. Every image has one
  /// predicted class, so precision, recall and F1 all equal the accuracy.
  ///
  /// - Parameters:
  ///   - accuracy: 0 ... 1, or nil without images.
  ///   - counts: The pairs at every threshold, or nil where scores are NaN.
  static func micro(accuracy: Double?, counts: ThresholdCounts?) -> AverageScores {
    AverageScores(
      precision: accuracy, recall: accuracy, f1: accuracy, auc: counts?.areaUnderROC,
      averagePrecision: counts?.averagePrecision)
  }

  private init(_ classes: [ClassScores], weight: (ClassScores) -> Double) {
    func mean(_ averaged: [ClassScores], _ score: (ClassScores) -> Double?) -> Double? {
      var sum = 0.0
      var total = 0.0
      for scores in averaged {
        guard let value = score(scores) else { return nil }
        sum += weight(scores) * value
        total += weight(scores)
      }
      return total > 0 ? sum / total : nil
    }
    let occurring = classes.filter { $0.occurs }
    precision = mean(occurring) { $0.precision }
    recall = mean(occurring) { $0.recall }
    f1 = mean(occurring) { $0.f1 }
    auc = mean(classes) { $0.auc }
    averagePrecision = mean(classes) { $0.averagePrecision }
  }

  private init(precision: Double?, recall: Double?, f1: Double?, auc: Double?, averagePrecision: Double?) {
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.auc = auc
    self.averagePrecision = averagePrecision
  }
}
