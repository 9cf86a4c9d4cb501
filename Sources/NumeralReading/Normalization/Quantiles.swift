/// Sorted values, to look up quantiles.
struct Quantiles {
  private let sorted: [Float]

  /// Sorts the values. If there are more than 65,536, evenly spaced ones are chosen.
  init(_ values: [Float]) {
    let step = max(1, values.count / 65_536)
    sorted = stride(from: 0, to: values.count, by: step).map { values[$0] }.sorted()
  }

  /// Returns the value below which this share of all values lies; nil if there are no values.
  subscript(share: Double) -> Float? {
    sorted.isEmpty ? nil : sorted[min(sorted.count - 1, max(0, Int(share * Double(sorted.count))))]
  }
}
