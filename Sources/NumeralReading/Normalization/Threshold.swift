/// The value that divides numbers into two classes by Otsu's method.
///
/// Among all thresholds it maximizes the variance between the classes:
///
/// ```
/// σ²(t) = n₀ n₁ / n² · (μ₀ − μ₁)²
/// ```
///
/// Source: N. Otsu, 1979, *A threshold selection method from gray-level histograms*, doi:10.1109/TSMC.1979.4310076.
struct Threshold {
  /// Values above this one are in the upper class.
  let value: Float
  /// The mean of the lower class.
  let lowerMean: Float
  /// The mean of the upper class.
  let upperMean: Float

  /// Finds the threshold; nil if there are no values or all are equal.
  init?(_ values: some Collection<Float>) {
    guard let low = values.min(), let high = values.max(), high > low else { return nil }
    let binCount = 256
    let scale = Float(binCount) / (high - low)
    var counts = [Double](repeating: 0, count: binCount)
    for value in values { counts[min(binCount - 1, Int((value - low) * scale))] += 1 }
    let total = counts.reduce(0, +)
    let sum = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    var (lowerCount, lowerSum) = (0.0, 0.0)
    var best = (variance: -1.0, first: 0, last: 0, lower: 0.0, upper: 0.0)
    for bin in 0..<binCount - 1 {
      lowerCount += counts[bin]
      lowerSum += Double(bin) * counts[bin]
      let upperCount = total - lowerCount
      if lowerCount == 0 || upperCount == 0 { continue }
      let (lower, upper) = (lowerSum / lowerCount, (sum - lowerSum) / upperCount)
      let variance = lowerCount * upperCount * (upper - lower) * (upper - lower)
      if variance > best.variance * (1 + 1e-12) {
        best = (variance, bin, bin, lower, upper)
      } else if variance >= best.variance * (1 - 1e-12) {
        best.last = bin
      }
    }
    // Between two peaks all thresholds are equally good. The middle one is taken.
    value = low + (Float(best.first + best.last) / 2 + 1) / scale
    lowerMean = low + (Float(best.lower) + 0.5) / scale
    upperMean = low + (Float(best.upper) + 0.5) / scale
  }
}
