/// The distribution of some measurements: the values that a quarter, a half and three quarters of them lie below.
///
/// Of n values in ascending order, the quantile of a share s lies at index s · (n − 1), counted from 0. Between two
/// indices it is interpolated linearly.
///
/// Source: R. Hyndman, Y. Fan, 1996, *Sample quantiles in statistical packages*, doi:10.1080/00031305.1996.10473566,
/// definition 7, which is NumPy's.
public struct Quartiles: Sendable, Hashable {
  /// The number of measurements, at least 1.
  public let count: Int
  /// The minimum.
  public let least: Double
  /// A quarter lies below it.
  public let lower: Double
  /// Half lies below it.
  public let median: Double
  /// Three quarters lie below it.
  public let upper: Double
  /// The maximum.
  public let most: Double

  /// The quartiles of measurements; nil without any, and if one is NaN.
  ///
  /// - Complexity: O(n log n).
  public init?(_ values: [Double]) {
    if values.isEmpty || values.contains(where: { $0.isNaN }) { return nil }
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let rest = place - Double(below)
      return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below])
    }
    count = sorted.count
    least = sorted[0]
    lower = quantile(0.25)
    median = quantile(0.5)
    upper = quantile(0.75)
    most = sorted[sorted.count - 1]
  }
}
