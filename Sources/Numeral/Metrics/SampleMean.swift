/// The mean of some measurements, their spread, and an interval for the true mean.
public struct SampleMean: Sendable, Hashable {
  /// The number of measurements, at least 1.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their standard deviation, with division by count − 1; nil for a single measurement.
  public let standardDeviation: Double?

  /// The mean of measurements; nil without any.
  public init?(_ values: [Double]) {
    if values.isEmpty { return nil }
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count == 1 ? nil : (squares / Double(values.count - 1)).squareRoot()
  }

  /// The 95 % confidence interval of the mean, if the measurements are normally distributed; nil for a single one.
  ///
  /// ```
  /// mean ± t · standardDeviation / √count         t: Student's quantile for count − 1 degrees of freedom
  /// ```
  public var interval: (low: Double, high: Double)? {
    guard let standardDeviation else { return nil }
    let reach = SampleMean.studentQuantile(degrees: count - 1) * standardDeviation / Double(count).squareRoot()
    return (low: mean - reach, high: mean + reach)
  }

  /// The two-sided 95 % quantile t of Student's distribution.
  ///
  /// For whole degrees of freedom the probability of [−t, t] has a closed form; t is found by bisection. Source: M.
  /// Abramowitz, I. Stegun, 1964, *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4.
  /// - Precondition: There is at least one degree of freedom.
  /// - Complexity: O(degrees).
  static func studentQuantile(degrees: Int) -> Double {
    precondition(degrees >= 1, "there is at least one degree of freedom")
    // Between the quantiles of the normal distribution and of one degree of freedom; 50 bisections leave an error of
    // 1e-14.
    var (low, high) = (1.95, 12.75)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if chance(within: middle, degrees: degrees) < 0.95 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// With θ = atan(t / √ν):
  ///
  /// ```
  /// ν even:  sin θ · (1 + ½ cos² θ + ½ ¾ cos⁴ θ + … )                      ν / 2 terms
  /// ν odd:   2/π · (θ + sin θ cos θ · (1 + ⅔ cos² θ + ⅔ ⅘ cos⁴ θ + … ))     (ν − 1) / 2 terms
  /// ```
  private static func chance(within t: Double, degrees: Int) -> Double {
    let nu = Double(degrees)
    let hypotenuse = (nu + t * t).squareRoot()
    let (sine, cosine) = (t / hypotenuse, nu.squareRoot() / hypotenuse)
    let isOdd = degrees % 2 == 1
    var sum = 0.0
    var term = 1.0
    for index in 0..<degrees / 2 {
      sum += term
      let divisor = Double(2 * index + (isOdd ? 3 : 2))
      term *= cosine * cosine * (divisor - 1) / divisor
    }
    return isOdd ? 2 / Double.pi * (angle(sine: sine, cosine: cosine) + sine * cosine * sum) : sine * sum
  }

  /// The angle of a point on the unit circle between 0 and π/2.
  private static func angle(sine: Double, cosine: Double) -> Double {
    // The angle is halved until its tangent is small: tan(θ/2) = sin θ / (1 + cos θ). Then the series of the arc
    // tangent.
    var (sine, cosine) = (sine, cosine)
    for _ in 0..<4 {
      let half = sine / (1 + cosine)
      cosine = 1 / (1 + half * half).squareRoot()
      sine = half * cosine
    }
    let tangent = sine / cosine
    var sum = 0.0
    var power = tangent
    for odd in stride(from: 1.0, to: 20, by: 2) {
      sum += power / odd
      power *= -tangent * tangent
    }
    return 16 * sum
  }
}
