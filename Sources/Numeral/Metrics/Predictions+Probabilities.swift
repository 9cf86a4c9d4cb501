extension Predictions {
  /// Takes probabilities from elsewhere, to evaluate them like a network's own.
  ///
  /// The predicted class of an image has the largest probability, the first of equals. The cross-entropy of a label is
  ///
  /// ```
  /// loss = −ln max(p, 2⁻⁵²)
  /// ```
  ///
  /// so that a single label with probability 0 does not make the mean infinite. A network's own losses are computed
  /// from its logits. These never give probability 0 and need no such limit. Source of the limit: scikit-learn's
  /// `log_loss`.
  /// - Parameters:
  ///   - probabilities: `[images, classes]`, row by row, each 0 ... 1; a NaN makes its image's loss NaN.
  ///   - classCount: The number of classes, at least 1.
  ///   - labels: `[images]`, each below the number of classes.
  /// - Precondition: There is one row for each label.
  public init(probabilities: [Float], classCount: Int, labels: [UInt8]) {
    precondition(probabilities.count == labels.count * classCount, "one row for each label")
    self.init(probabilities: probabilities, classCount: classCount, labels: .some(labels))
  }

  /// Takes probabilities of images that may have no labels; without labels there are no losses.
  ///
  /// - Precondition: The rows are whole, and there is one for each label.
  init(probabilities: [Float], classCount: Int, labels: [UInt8]?) {
    precondition(classCount > 0 && probabilities.count.isMultiple(of: classCount), "whole rows of probabilities")
    let classes = (0..<probabilities.count / classCount).map { (image) -> Int in
      let start = image * classCount
      var best = 0
      for other in 1..<classCount where probabilities[start + other] > probabilities[start + best] { best = other }
      return best
    }
    let losses = (labels ?? []).enumerated().map { (image, label) -> Float in
      let own = Double(probabilities[image * classCount + Int(label)])
      return own.isNaN ? .nan : Float(-ElementaryFunctions.log(min(1, max(0x1p-52, own))))
    }
    self.init(classCount: classCount, probabilities: probabilities, classes: classes, losses: losses)
  }
}
