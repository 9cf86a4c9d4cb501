import NumeralWorkbench

/// A confusion matrix as a table: a row for each true class, a column for each predicted one.
///
/// With colours, each cell's background shows its share of the row: the diagonal in blue, errors in vermilion, which
/// colour-blind people tell apart too. Errors are few, so they have their own scale: the largest share of all errors
/// has the full colour, so that the worst confusions stand out.
struct ConfusionMatrixView {
  private let counts: [[Int]]
  private let names: [String]

  /// Creates a view.
  /// - Parameters:
  ///   - counts: `[classes, classes]`, true class first.
  ///   - names: the classes' names; a class without one is called by its number.
  init(counts: [[Int]], names: [String]) {
    self.counts = counts
    self.names = counts.indices.map { $0 < names.count ? names[$0] : String($0) }
  }

  /// The lines of the table; 80 characters hold ten classes with counts up to 9,999.
  func lines(_ style: TerminalStyle) -> [String] {
    let largest = counts.joined().map { String($0).count }.max() ?? 1
    let cellWidth = max(largest, 3) + 1
    // Long names stand before the rows only; the columns then have numbers.
    let usesNumbers = names.contains { $0.cellWidth > cellWidth - 1 }
    let titles = counts.indices.map { usesNumbers ? String($0) : names[$0] }
    let room = max(4, style.width - counts.count * cellWidth - "  recall ".count)
    let rowNames = counts.indices.map { row in
      (usesNumbers ? "\(row) \(names[row])" : names[row]).truncated(to: room, hasBlocks: style.hasBlocks)
    }
    let nameWidth = max("true".count, rowNames.map(\.cellWidth).max() ?? 0)
    let head =
      "true".padded(to: nameWidth) + titles.map { $0.padded(to: cellWidth, alignment: .right) }.joined() + "   recall"
    let largestError =
      counts.indices.flatMap { row in
        counts[row].indices.filter { $0 != row }.map { share(row: row, column: $0) }
      }.max() ?? 0
    return [
      style.paint(String(repeating: " ", count: nameWidth + 1) + "predicted", .faint), style.paint(head, .faint),
    ]
      + counts.indices.map { row in
        let total = counts[row].reduce(0, +)
        let cells = counts[row].indices.map { column in
          cell(row: row, column: column, largestError: largestError, width: cellWidth, style: style)
        }
        let recall = Quantity.percent(total > 0 ? Double(counts[row][row]) / Double(total) : .nan)
        return rowNames[row].padded(to: nameWidth) + cells.joined() + "  " + recall.padded(to: 7, alignment: .right)
      }
  }

  /// The share of a cell in its row, 0 for an empty row.
  private func share(row: Int, column: Int) -> Double {
    Double(counts[row][column]) / Double(max(1, counts[row].reduce(0, +)))
  }

  private func cell(row: Int, column: Int, largestError: Double, width: Int, style: TerminalStyle) -> String {
    let count = counts[row][column]
    if count == 0 {
      return style.paint((style.colors == .none ? "." : "·").padded(to: width, alignment: .right), .faint)
    }
    let text = String(count).padded(to: width, alignment: .right)
    let share = share(row: row, column: column)
    let background =
      row == column
      ? Color(grey: 255).mixed(with: .blue, share: share)
      : Color(grey: 255).mixed(with: .vermilion, share: 0.15 + share / largestError * 0.85)
    return style.paint(
      text,
      TextStyle(foreground: background.brightness > 0.55 ? Color(grey: 0) : Color(grey: 255), background: background))
  }
}
