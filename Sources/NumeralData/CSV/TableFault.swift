/// What can be wrong in a table of comma-separated rows; lines and columns count from 1.
public enum TableFault: Error, Equatable {
  /// It is unknown which column is the label.
  case labelPosition(columns: Int)
  /// The pixels of a row do not make a square.
  case shape(pixels: Int, most: Int)
  /// A row has another number of columns than the first row.
  case columns(line: Int, found: Int, expected: Int)
  /// A blank line before a row. The expected number of columns is nil for the first row.
  case blank(line: Int, expected: Int?)
  /// A row whose entries are pairs of an index and a value.
  case sparse(line: Int)
  /// A pixel that is not a whole number, or is out of range.
  case pixel(line: Int, column: Int, found: String, most: Int)
  /// A label that is not a digit.
  case label(line: Int, column: Int, found: String)
  /// There is no row after the header.
  case noRows(headerLine: Int)
}

extension TableFault: CustomStringConvertible {
  /// The sentence that follows the file's name.
  public var description: String {
    switch self {
    case .labelPosition(let columns):
      return "line 1 has \(columns) columns and no header, expected 65 (label last), 785 (label first) or a header"
    case .shape(let pixels, let most):
      return "a row has \(pixels) pixels, expected the square of a whole number (784, 64), at most \(most)"
    case .columns(let line, let found, let expected):
      let advice = found < expected ? "is the file cut short?" : "correct the line or remove it"
      return "line \(line) has \(found) columns, expected \(expected); \(advice)"
    case .blank(let line, let expected?):
      return "line \(line) is blank, expected \(expected) columns; remove the line"
    case .blank(let line, nil):
      return "line \(line) is blank, expected a header or a row of numbers; remove the line"
    case .sparse(let line):
      return "line \(line) is a sparse row in braces, expected comma-separated numbers; write the file without them"
    case .pixel(let line, let column, let found, let most):
      return "line \(line), column \(column): pixel is \(found), expected a whole number from 0 to \(most); "
        + TableFault.pixelHint(found)
    case .label(let line, let column, let found):
      return "line \(line), column \(column): label is \(found), expected a whole number from 0 to 9"
    case .noRows(let line):
      return "nothing follows the header in line \(line), expected at least one row; get the file again"
    }
  }

  /// Fractions come from tables whose pixels were normalized before. This is corrected once, for all pixels.
  private static func pixelHint(_ found: String) -> String {
    let isFraction = Double(found).map { $0 != $0.rounded() } ?? false
    return isFraction ? "write the pixels as they were before they were scaled" : "correct the line or remove it"
  }
}
