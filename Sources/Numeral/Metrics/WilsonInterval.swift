/// The 95 % confidence interval of a share, from a count of successes.
///
/// ```
/// centre    = (p + z²/2n) / (1 + z²/n)
/// halfWidth = z / (1 + z²/n) · √( p (1 − p)/n + z²/4n² )          p = successes / n,  z = 1.96
/// ```
///
/// Unlike p ± z √(p (1 − p)/n) it stays inside [0, 1] and has a width at p = 1. Source: E. Wilson, 1927, *Probable
/// inference, the law of succession, and statistical inference*, doi:10.1080/01621459.1927.10502953.
public struct WilsonInterval: Sendable, Hashable {
  /// The lower end, 0 ... 1.
  public let low: Double
  /// The upper end, 0 ... 1.
  public let high: Double

  /// The interval of `successes` among `count` trials; nil without trials.
  ///
  /// - Precondition: `0 ≤ successes ≤ count`.
  public init?(successes: Int, of count: Int) {
    precondition(successes >= 0 && successes <= count, "there cannot be more successes than trials")
    if count == 0 { return nil }
    let z = 1.959_963_984_540_054
    let n = Double(count)
    let p = Double(successes) / n
    let scale = 1 + z * z / n
    let centre = (p + z * z / (2 * n)) / scale
    let halfWidth = z / scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    // At p = 0 and p = 1 one end is exact; rounding must not change it.
    low = successes == 0 ? 0 : max(0, centre - halfWidth)
    high = successes == count ? 1 : min(1, centre + halfWidth)
  }
}
