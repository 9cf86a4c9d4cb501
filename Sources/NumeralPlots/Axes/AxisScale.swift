/// How values are placed along an axis.
public enum AxisScale: Sendable, Hashable {
  /// Equal distances are equal differences.
  case linear
  /// Equal distances are equal ratios. Values that are not above zero are left out.
  case logarithmic
}
