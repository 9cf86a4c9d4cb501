/// The one comparison of inexact numbers in all tests: `error ≤ absolute + relative · |reference|`.
public struct Tolerance: Sendable {
  /// The error allowed whatever the reference.
  public let absolute: Double
  /// The error allowed per unit of the reference.
  public let relative: Double

  /// Creates a tolerance; both limits are named at the call site so that they can be justified there.
  public init(absolute: Double, relative: Double) {
    self.absolute = absolute
    self.relative = relative
  }

  /// True if the value is close enough to the reference; NaN never is, an infinity only to itself.
  public func accepts(_ value: Double, reference: Double) -> Bool {
    if value.isNaN || reference.isNaN { return false }
    if value.isInfinite || reference.isInfinite { return value == reference }
    return (value - reference).magnitude <= absolute + relative * reference.magnitude
  }

  /// The index of the first value that is not close enough, or nil; sequences of unequal length differ where the
  /// shorter ends.
  public func firstDifference(_ values: [Double], references: [Double]) -> Int? {
    for place in 0..<min(values.count, references.count)
    where !accepts(values[place], reference: references[place]) {
      return place
    }
    return values.count == references.count ? nil : min(values.count, references.count)
  }
}
