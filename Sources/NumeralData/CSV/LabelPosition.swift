/// The position of the label in a row of a table.
public enum LabelPosition: String, Sendable, Hashable, CaseIterable {
  /// Before the pixels.
  case first
  /// After the pixels.
  case last
  /// Nowhere: there are only pixels. The case is not called `none`, because an optional would take that name for nil.
  case absent = "none"

  /// Returns the column of the label in a table with this number of columns.
  func column(of columns: Int) -> Int? {
    switch self {
    case .first: 0
    case .last: columns - 1
    case .absent: nil
    }
  }
}
