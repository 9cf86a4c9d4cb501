/// The scores of all classes in one figure each; what cannot be computed is nil, never 0.
///
/// ```
/// macro    = Σ score / classes                     every class weighs the same
/// weighted = Σ support · score / Σ support         a class weighs as much as it has images
/// micro    = the score of all (image, class) pairs together
/// ```
///
/// Precision, recall and F1 are averaged over the classes that occur: those with an image, or taken for one. AUC and
/// average precision are averaged over all classes, since every class was given scores. If one of these classes' scores
/// is undefined, so is the mean: leaving the class out would flatter, counting it as 0 would invent a figure.
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

  /// The mean in which every class weighs the same.
  static func macro(_ classes: [ClassScores]) -> AverageScores {
    AverageScores(classes) { _ in 1 }
  }

  /// The mean in which a class weighs as much as it has images.
  static func weighted(_ classes: [ClassScores]) -> AverageScores {
    AverageScores(classes) { Double($0.support) }
  }

  /// The scores of all pairs of an image and a class, the right pairs being the positives. Every image is taken for
  /// one class, so precision, recall and F1 are all the accuracy.
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
