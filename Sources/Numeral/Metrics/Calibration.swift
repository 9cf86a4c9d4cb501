/// How far confidence can be trusted: of the images predicted with 80 % confidence, 80 % should be correct.
///
/// Images are sorted into bins of equal width by the probability of their predicted class. Bin m of M holds those in
/// (m/M, (m + 1)/M]; the first bin also holds 0. The expected calibration error is the mean gap, weighted by the number
/// of images in each bin:
///
/// ```
/// error = Σ_m count_m / n · | accuracy_m − meanConfidence_m |
/// ```
///
/// Source: C. Guo and others, 2017, *On calibration of modern neural networks*, arXiv:1706.04599; A. Niculescu-Mizil,
/// R. Caruana, 2005, *Predicting good probabilities with supervised learning*, doi:10.1145/1102351.1102430.
public struct Calibration: Sendable, Hashable {
  /// The images whose confidence lies in one interval.
  public struct Bin: Sendable, Hashable {
    /// The number of images.
    public let count: Int
    /// Their mean confidence, 0 ... 1; nil if the bin is empty.
    public let meanConfidence: Double?
    /// The share that was predicted correctly, 0 ... 1; nil if the bin is empty.
    public let accuracy: Double?
  }

  /// `[15]`: the bins, by ascending confidence.
  public let bins: [Bin]
  /// The expected calibration error, 0 ... 1.
  public let error: Double

  /// The number of bins: that of the source, so that figures can be compared.
  public static let binCount = 15

  /// Compares confidences with outcomes.
  ///
  /// - Parameters:
  ///   - confidences: `[images]`: the probability of each predicted class, 0 ... 1.
  ///   - isRight: `[images]`.
  /// - Returns: nil without images, and if a confidence is not in 0 ... 1.
  /// - Precondition: Both lists have one length.
  public init?(confidences: [Float], isRight: [Bool]) {
    precondition(confidences.count == isRight.count, "one confidence for each image")
    if confidences.isEmpty { return nil }
    var counts = [Int](repeating: 0, count: Self.binCount)
    var rights = counts
    var sums = [Double](repeating: 0, count: Self.binCount)
    for (confidence, right) in zip(confidences, isRight) {
      guard confidence >= 0, confidence <= 1 else { return nil }
      // A float has 24 bits, so its product with 15 is exact in Double, and every confidence falls on the right side of
      // an edge.
      let bin = max(0, Int((Double(confidence) * Double(Self.binCount)).rounded(.up)) - 1)
      counts[bin] += 1
      rights[bin] += right ? 1 : 0
      sums[bin] += Double(confidence)
    }
    bins = counts.indices.map { bin in
      let count = Double(counts[bin])
      return Bin(
        count: counts[bin], meanConfidence: counts[bin] == 0 ? nil : sums[bin] / count,
        accuracy: counts[bin] == 0 ? nil : Double(rights[bin]) / count)
    }
    // count · |accuracy − meanConfidence| without the divisions.
    error = counts.indices.reduce(0) { $0 + (Double(rights[$1]) - sums[$1]).magnitude } / Double(confidences.count)
  }
}
