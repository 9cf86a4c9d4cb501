/// How the values of an axis are written.
public enum ValueStyle: Sendable, Hashable {
  /// As plain numbers.
  case number
  /// As percentages: the fraction 0.976 becomes `97.6 %`.
  case percent
  /// As whole numbers with commas between thousands.
  case count

  /// Returns a value with about three digits, for labels and tooltips.
  func text(_ value: Double) -> String {
    switch self {
    case .number: NumberText.significant(value)
    case .percent: value.isFinite ? NumberText.percent(value, digits: 2) + " %" : NumberText.undefined
    case .count: value.isFinite ? NumberText.grouped(Int(value.rounded())) : NumberText.undefined
    }
  }
}
