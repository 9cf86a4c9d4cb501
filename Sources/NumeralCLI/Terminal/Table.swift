/// Rows of text under a header, in columns as wide as their widest cell.
struct Table {
  /// To which side a column's cells lean.
  enum Alignment: Sendable {
    /// To the left: words.
    case left
    /// To the right: numbers.
    case right
  }

  /// A column.
  struct Column: Sendable {
    /// What stands above it.
    var title: String
    /// To which side its cells lean.
    var alignment: Alignment

    /// A column of words.
    static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// A column of numbers.
    static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  /// A row, or a gap between rows.
  private enum Row {
    case cells([String], TextStyle)
    case gap
  }

  private let columns: [Column]
  private var rows: [Row] = []

  /// Creates a table without rows.
  init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row; cells that are missing are empty, cells too many are left out.
  mutating func add(_ cells: [String], style: TextStyle = .normal) {
    rows.append(.cells(cells, style))
  }

  /// Adds an empty line.
  mutating func addGap() {
    rows.append(.gap)
  }

  /// The lines of the table, without spaces at their ends.
  func lines(_ style: TerminalStyle) -> [String] {
    var widths = columns.map(\.title.cellWidth)
    for case .cells(let cells, _) in rows {
      for (column, cell) in cells.enumerated() where column < widths.count {
        widths[column] = max(widths[column], cell.cellWidth)
      }
    }
    let hasHeader = columns.contains { !$0.title.isEmpty }
    let header = hasHeader ? [style.paint(line(columns.map(\.title), widths), .faint)] : []
    return header
      + rows.map { row in
        switch row {
        case .cells(let cells, let rowStyle): style.paint(line(cells, widths), rowStyle)
        case .gap: ""
        }
      }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = columns.indices.map { column in
      (column < cells.count ? cells[column] : "").padded(to: widths[column], alignment: columns[column].alignment)
    }
    let line = padded.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
