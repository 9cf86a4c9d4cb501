/// Two readers of the same images, compared image by image: which one is better, and could the difference be chance?
///
/// ```
///                second right        second wrong
/// first right    bothRight           onlyFirstRight
/// first wrong    onlySecondRight     bothWrong
/// ```
///
/// Images that both read correctly, or both wrongly, do not show who is better; the test uses the others.
public struct PairedComparison: Sendable, Hashable {
  /// The number of images that both read correctly.
  public let bothRight: Int
  /// The number of images that only the first reads correctly.
  public let onlyFirstRight: Int
  /// The number of images that only the second reads correctly.
  public let onlySecondRight: Int
  /// The number of images that both read wrongly.
  public let bothWrong: Int

  /// Creates a comparison from counts.
  ///
  /// - Precondition: No count is negative.
  public init(bothRight: Int, onlyFirstRight: Int, onlySecondRight: Int, bothWrong: Int) {
    precondition(min(bothRight, onlyFirstRight, onlySecondRight, bothWrong) >= 0, "counts are not negative")
    self.bothRight = bothRight
    self.onlyFirstRight = onlyFirstRight
    self.onlySecondRight = onlySecondRight
    self.bothWrong = bothWrong
  }

  /// Counts answers.
  ///
  /// - Parameters:
  ///   - first: `[images]`, the classes that one predicts.
  ///   - second: `[images]`, the classes that the other predicts.
  ///   - labels: `[images]`, the true classes.
  /// - Precondition: All lists have one length.
  public init(first: [Int], second: [Int], labels: [UInt8]) {
    precondition(first.count == labels.count && second.count == labels.count, "one answer of each for each label")
    var counts = (bothRight: 0, onlyFirst: 0, onlySecond: 0, bothWrong: 0)
    for (place, label) in labels.enumerated() {
      switch (first[place] == Int(label), second[place] == Int(label)) {
      case (true, true): counts.bothRight += 1
      case (true, false): counts.onlyFirst += 1
      case (false, true): counts.onlySecond += 1
      case (false, false): counts.bothWrong += 1
      }
    }
    self.init(
      bothRight: counts.bothRight, onlyFirstRight: counts.onlyFirst, onlySecondRight: counts.onlySecond,
      bothWrong: counts.bothWrong)
  }

  /// The number of images.
  public var count: Int { bothRight + onlyFirstRight + onlySecondRight + bothWrong }

  /// The accuracy of the second minus that of the first, -1 ... 1; nil without images.
  public var difference: Double? {
    count == 0 ? nil : Double(onlySecondRight - onlyFirstRight) / Double(count)
  }

  /// McNemar's exact test: the probability of a difference at least this large in either direction if both were equally
  /// good.
  ///
  /// ```
  /// p = min(1, 2 · Σ_{i ≤ k} C(n, i) / 2ⁿ)         n = onlyFirstRight + onlySecondRight,  k = the smaller of the two
  /// ```
  ///
  /// Each image that only one reads correctly is then a toss of a fair coin. Without such images it is 1. A value below
  /// 1e-308 is 0. The relative error is below (n + 2) · 1.2e-16. Source: Q. McNemar, 1947, *Note on the sampling error
  /// of the difference between correlated proportions or percentages*, doi:10.1007/BF02295996.
  /// - Complexity: O(n).
  public var pValue: Double {
    let n = onlyFirstRight + onlySecondRight
    let k = min(onlyFirstRight, onlySecondRight)
    // If the smaller count is at least (n − 1) / 2, both tails together cover everything.
    if 2 * k + 1 >= n { return 1 }
    // C(n, k) with a separate power of two: no logarithm, no overflow, and the division by 2ⁿ is exact.
    var significand = 1.0
    var exponent = 0
    for i in 0..<k {
      significand = significand * Double(n - i) / Double(i + 1)
      exponent += Int(significand.exponent)
      significand = significand.significand
    }
    // The tail relative to its largest term: C(n, i − 1) / C(n, i) = i / (n − i + 1).
    var tail = 0.0
    var term = 1.0
    var i = k
    while i >= 0, term > 0 {
      tail += term
      term = term * Double(i) / Double(n - i + 1)
      i -= 1
    }
    // Two tails: divide by one power of two less.
    return min(1, Double(sign: .plus, exponent: exponent + 1 - n, significand: significand * tail))
  }

  /// The 95 % confidence interval of the difference of the accuracies; nil without images.
  ///
  /// ```
  /// low  = d − √( (p₂ − l₂)² − 2 φ (p₂ − l₂)(u₁ − p₁) + (u₁ − p₁)² )         d = p₂ − p₁
  /// high = d + √( (u₂ − p₂)² − 2 φ (u₂ − p₂)(p₁ − l₁) + (p₁ − l₁)² )
  /// ```
  ///
  /// Here [l, u] is the Wilson interval of each accuracy p, and φ the correlation of the two readers' successes. If the
  /// numerator of φ is positive, it is reduced by count / 2, but not below 0. Source: R. Newcombe, 1998, *Improved
  /// confidence intervals for the difference between binomial proportions based on paired data*, method 10, Statistics
  /// in Medicine 17, 2635–2650.
  public var interval: (low: Double, high: Double)? {
    let firstRight = bothRight + onlyFirstRight
    let secondRight = bothRight + onlySecondRight
    guard let difference, let first = WilsonInterval(successes: firstRight, of: count),
      let second = WilsonInterval(successes: secondRight, of: count)
    else { return nil }
    let (p1, p2) = (Double(firstRight) / Double(count), Double(secondRight) / Double(count))
    func reach(_ one: Double, _ other: Double) -> Double {
      (max(0, one * one - 2 * correlation * one * other + other * other)).squareRoot()
    }
    return (
      low: max(-1, difference - reach(p2 - second.low, first.high - p1)),
      high: min(1, difference + reach(second.high - p2, p1 - first.low))
    )
  }

  /// Newcombe's corrected φ; 0 if one reader is always right or always wrong.
  private var correlation: Double {
    let margins =
      [
        bothRight + onlyFirstRight, onlySecondRight + bothWrong, bothRight + onlySecondRight,
        onlyFirstRight + bothWrong,
      ]
      .map { Double($0) }
    if margins.contains(0) { return 0 }
    let product = Double(bothRight) * Double(bothWrong) - Double(onlyFirstRight) * Double(onlySecondRight)
    let corrected = product > 0 ? max(product - Double(count) / 2, 0) : product
    return corrected / (margins[0] * margins[1]).squareRoot() / (margins[2] * margins[3]).squareRoot()
  }
}
