/// The ranks of the labels among all classes, ordered by probability.
///
/// ```
/// topK = share of images whose label is among the k classes with the highest probabilities
/// ```
///
/// Among equal probabilities the later class stands first, as in scikit-learn; a prediction, in contrast, is the first
/// of equals. Source: O. Russakovsky and others, 2015, *ImageNet large scale visual recognition challenge*,
/// doi:10.1007/s11263-015-0816-y.
struct LabelRanks {
  /// `[classes]`: the number of labels with rank 1, 2 and so on.
  private let counts: [Int]

  /// Ranks each image's label.
  ///
  /// - Parameters:
  ///   - probabilities: `[images, classes]`.
  ///   - labels: `[images]`, each below the number of classes.
  /// - Returns: nil if a probability is NaN.
  init?(probabilities: [Float], labels: [Int], classCount: Int) {
    var counts = [Int](repeating: 0, count: classCount)
    for (image, label) in labels.enumerated() {
      let start = image * classCount
      let own = probabilities[start + label]
      var rank = 0
      for other in 0..<classCount {
        let probability = probabilities[start + other]
        if probability.isNaN { return nil }
        if probability > own || (probability == own && other > label) { rank += 1 }
      }
      counts[rank] += 1
    }
    self.counts = counts
  }

  /// The share of labels among the first `k`, 0 ... 1. nil without images, and unless 1 ≤ k < classes: for k = classes
  /// it would always be 1.
  func accuracy(top k: Int) -> Double? {
    let total = counts.reduce(0, +)
    guard total > 0, k >= 1, k < counts.count else { return nil }
    return Double(counts[..<k].reduce(0, +)) / Double(total)
  }
}
