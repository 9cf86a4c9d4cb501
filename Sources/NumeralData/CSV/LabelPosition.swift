/// Where the label stands in a row of a table; the values of `--label`.
public enum LabelPosition: String, Sendable, Hashable, CaseIterable {
  /// Before the pixels.
  case first
  /// After the pixels.
  case last
  /// Nowhere: there are only pixels. (Not called `none`, which an optional would take for nil.)
  case absent = "none"

  /// The column of the label in a table of so many columns.
  func column(of columns: Int) -> Int? {
    switch self {
    case .first: 0
    case .last: columns - 1
    case .absent: nil
    }
  }
}
