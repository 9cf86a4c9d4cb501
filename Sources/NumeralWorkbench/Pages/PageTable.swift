/// A table of a page: a header cell for each column and for each row, numbers aligned to the right.
///
/// On a narrow screen the table scrolls, never the page.
public struct PageTable: Sendable {
  /// The alignment of the cells of a column.
  public enum Alignment: Sendable {
    /// At the left, for words.
    case left
    /// At the right, for figures.
    case right
  }

  /// A cell: text, or something made of elements.
  public struct Cell: Sendable, ExpressibleByStringInterpolation {
    let content: HTML

    /// A cell of text.
    public init(_ text: String) { content = HTML(text) }
    /// A cell of text.
    public init(stringLiteral text: String) { self.init(text) }
    /// A cell of elements.
    public init(_ content: HTML) { self.content = content }
  }

  private let caption: String
  private let columns: [(alignment: Alignment, title: String)]
  private var groups: [[[Cell]]] = [[]]

  /// Begins a table.
  ///
  /// - Parameters:
  ///   - caption: What the table shows; screen readers use it as the table's name.
  ///   - columns: The columns; the first holds each row's header.
  public init(_ caption: String, columns: [(alignment: Alignment, title: String)]) {
    self.caption = caption
    self.columns = columns
  }

  /// Adds a row.
  ///
  /// - Precondition: There is a cell for each column.
  public mutating func add(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "a row has \(columns.count) cells")
    groups[groups.count - 1].append(cells)
  }

  /// Adds a row of texts.
  public mutating func add(_ texts: [String]) { add(texts.map { Cell($0) }) }

  /// Begins another group of rows, with a line above it.
  public mutating func addGap() { groups.append([]) }

  /// The table.
  public var html: HTML {
    // Focusable, so that the arrow keys scroll it.
    HTML(.div, .class("scroll"), .role("region"), .label(caption), .focusable) {
      HTML(.table) {
        HTML(.caption) { caption }
        HTML(.thead) {
          HTML(.tr) {
            for column in columns { HTML(.th, [.scope("col")] + style(column.alignment), [HTML(column.title)]) }
          }
        }
        for group in groups where !group.isEmpty {
          HTML(.tbody) {
            for row in group { HTML(.tr) { cells(row) } }
          }
        }
      }
    }
  }

  private func cells(_ row: [Cell]) -> [HTML] {
    zip(columns, row).enumerated().map { place, cell in
      place == 0
        ? HTML(.th, [.scope("row")] + style(cell.0.alignment), [cell.1.content])
        : HTML(.td, style(cell.0.alignment), [cell.1.content])
    }
  }

  private func style(_ alignment: Alignment) -> [HTML.Attribute] {
    alignment == .right ? [.class("number")] : []
  }
}
