/// A curve of one class against the rest, for ``ROCPlot`` and ``PrecisionRecallPlot``.
public struct ClassCurve: Hashable, Sendable {
  /// The class.
  public let name: String
  /// `[points]`, 0 to 1: false positive rates, or recalls.
  public let x: [Double]
  /// `[points]`, 0 to 1: true positive rates, or precisions.
  public let y: [Double]
  /// The area under the curve, or the average precision; nil if it is undefined.
  public let area: Double?

  /// Creates a curve.
  ///
  /// - Precondition: `x.count == y.count`.
  public init(_ name: String, x: [Double], y: [Double], area: Double?) {
    precondition(x.count == y.count, "one value for each place")
    self.name = name
    self.x = x
    self.y = y
    self.area = area
  }

  /// The points with finite coordinates.
  var points: [(x: Double, y: Double)] {
    zip(x, y).filter { $0.isFinite && $1.isFinite }.map { (x: $0, y: $1) }
  }
}
