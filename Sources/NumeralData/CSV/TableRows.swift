import Numeral

/// The rows of a table, read byte by byte. A field becomes text only if it is wrong.
///
/// Goals, in order: an error names line and column; no memory beyond the pixels themselves, whatever the file claims;
/// speed. A table of 42,000 × 785 takes two passes: one counts the lines, the other reads every row into its place.
struct TableRows {
  /// The meaning of the columns.
  let layout: TableLayout
  /// True if blank lines and lines that start with `%` are skipped, as in ARFF.
  let skipsComments: Bool

  /// Reads all rows.
  ///
  /// - Parameters:
  ///   - lines: The lines after the header.
  ///   - headerLine: The last line of the header, for the error that there are no rows.
  func read(_ lines: TableLines, headerLine: Int) throws(TableFault) -> Table {
    let count = lines.reduce(0) { isRow($1) ? $0 + 1 : $0 }
    guard count > 0 else { throw .noRows(headerLine: headerLine) }
    // A row takes at least two bytes a column. If the file has more lines than that allows, at least one line is too
    // short. Reading finds this line before more memory is needed.
    let rows = min(count, lines.remaining / (2 * layout.columns) + 1)
    let width = layout.shape.count
    var labels: [UInt8] = []
    labels.reserveCapacity(layout.labelColumn == nil ? 0 : rows)
    let pixels = try Buffer<UInt8>(count: rows * width) { target throws(TableFault) in
      guard var pixel = target.baseAddress else { return }
      var blank: TableLine?
      for line in lines {
        guard isRow(line) else {
          if !skipsComments, blank == nil { blank = line }
          continue
        }
        if let blank { throw .blank(line: blank.number, expected: layout.columns) }
        if let label = try readRow(line, into: pixel) { labels.append(label) }
        pixel += width
      }
    }
    return Table(layout: layout, pixels: pixels, labels: labels)
  }

  private func isRow(_ line: TableLine) -> Bool {
    if let first = line.bytes.first, first > ASCII.percent { return true }
    return !line.isBlank && !(skipsComments && line.bytes.first == ASCII.percent)
  }

  /// Reads one row and returns its label.
  private func readRow(_ line: TableLine, into target: UnsafeMutablePointer<UInt8>) throws(TableFault) -> UInt8? {
    let bytes = line.bytes
    let labelColumn = layout.labelColumn ?? -1
    let most = Int(layout.pixelMaximum)
    var pixel = target
    var label: UInt8?
    var position = 0
    for column in 0..<layout.columns {
      // One past the end means that the line has no more fields.
      guard position <= bytes.count else { throw unevenRow(line) }
      let start = position
      var value = 0
      while position < bytes.count, case let digit = bytes[position] &- ASCII.zero, digit < 10, value < 1000 {
        value = value * 10 + Int(digit)
        position += 1
      }
      // Some programs write every number as `3.0`.
      if position > start, position < bytes.count, bytes[position] == ASCII.point {
        repeat { position += 1 } while position < bytes.count && bytes[position] == ASCII.zero
      }
      let isPlain = position > start && (position == bytes.count || bytes[position] == ASCII.comma)
      let limit = column == labelColumn ? 9 : most
      if !isPlain || value > limit {
        position = bytes[position...].firstIndex(of: ASCII.comma) ?? bytes.count
        let field = bytes[start..<position]
        guard let number = TableField.wholeNumber(field), number <= limit else {
          throw fault(of: field, line: line, column: column)
        }
        value = number
      }
      if column == labelColumn {
        label = UInt8(truncatingIfNeeded: value)
      } else {
        pixel.pointee = UInt8(truncatingIfNeeded: value)
        pixel += 1
      }
      position += 1
    }
    guard position == bytes.count + 1 else { throw unevenRow(line) }
    return label
  }

  private func unevenRow(_ line: TableLine) -> TableFault {
    .columns(line: line.number, found: line.fieldCount, expected: layout.columns)
  }

  private func fault(of field: Slice<UnsafeBufferPointer<UInt8>>, line: TableLine, column: Int) -> TableFault {
    if skipsComments, line.bytes.first(where: { $0 != ASCII.space && $0 != ASCII.tab }) == ASCII.leftBrace {
      return .sparse(line: line.number)
    }
    let found = TableField.excerpt(field)
    return column == layout.labelColumn
      ? .label(line: line.number, column: column + 1, found: found)
      : .pixel(line: line.number, column: column + 1, found: found, most: Int(layout.pixelMaximum))
  }
}
