/// The value that divides numbers into two classes.
///
/// Otsu's: of all thresholds the one with the largest variance between the classes,
///
/// ```
/// σ²(t) = n₀ n₁ / n² · (μ₀ − μ₁)²
/// ```
///
/// Source: N. Otsu, 1979, *A threshold selection method from gray-level histograms*, doi:10.1109/TSMC.1979.4310076.
struct Threshold {
  /// Values above it are in the upper class.
  let value: Float
  /// The mean of the lower class.
  let lowerMean: Float
  /// The mean of the upper class.
  let upperMean: Float

  /// Finds the threshold; nil if all values are equal or there are none.
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
    // Between two peaks all thresholds are as good; the middle one is taken.
    value = low + (Float(best.first + best.last) / 2 + 1) / scale
    lowerMean = low + (Float(best.lower) + 0.5) / scale
    upperMean = low + (Float(best.upper) + 0.5) / scale
  }
}

/// Values in order, to ask for shares of them.
struct Quantiles {
  private let sorted: [Float]

  /// Sorts at most 65,536 of the values, evenly chosen.
  init(_ values: [Float]) {
    let step = max(1, values.count / 65_536)
    sorted = stride(from: 0, to: values.count, by: step).map { values[$0] }.sorted()
  }

  /// The value that a share of all lie below; nil without values.
  subscript(share: Double) -> Float? {
    sorted.isEmpty ? nil : sorted[min(sorted.count - 1, max(0, Int(share * Double(sorted.count))))]
  }
}
