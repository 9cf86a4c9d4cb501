/// How far confidence can be trusted: of the images read with 80 % confidence, 80 % should be right.
///
/// Images are put into bins of equal width by the probability of the class they were taken for, bin m of M holding
/// those in (m/M, (m + 1)/M], the first one 0 too. The expected calibration error is the mean gap, each bin weighing as
/// much as it holds:
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
    /// How many they are.
    public let count: Int
    /// Their mean confidence, 0 ... 1; nil if there is none.
    public let meanConfidence: Double?
    /// The share that was read right, 0 ... 1; nil if there is none.
    public let accuracy: Double?
  }

  /// `[15]`: the bins, from no confidence to full.
  public let bins: [Bin]
  /// The expected calibration error, 0 ... 1.
  public let error: Double

  /// How many bins there are: the number of the source, so that figures compare.
  public static let binCount = 15

  /// Compares confidences with what came true.
  ///
  /// - Parameters:
  ///   - confidences: `[images]`: the probability of the class each was taken for, 0 ... 1.
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
      // A float of 24 bits times 15 is exact in Double, so no confidence falls on the wrong side of an edge.
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
