public import Numeral

/// Tables of comma-separated numbers. Each row is one image: its pixels row by row, and the label first or last.
///
/// | table | label |
/// |---|---|
/// | a header with a column `label` or `class` | that column |
/// | a header without one | none |
/// | no header, 65 columns | last (the 8×8 digits) |
/// | no header, 785 columns | first (28×28, as in the usual conversions of MNIST) |
/// | no header, anything else | has to be said |
///
/// Images are square. The pixel range follows from the size: 0 to 16 for 8×8, and 0 to 255 otherwise. It is never
/// guessed from the values.
public enum CSVFile {
  /// Reads the images of a table.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, unpacked.
  ///   - file: The name of the file in an error message.
  ///   - label: The position of the label; nil to find it by the table above.
  /// - Throws: ``DataError`` that names the line and the column.
  public static func read(
    _ bytes: Buffer<UInt8>, file: String, label: LabelPosition? = nil
  ) throws(DataError) -> LabeledImages {
    let table: Table
    do {
      table = try bytes.withElements { text throws(TableFault) in
        let lines = TableLines(of: text)
        var linesAfterFirst = lines
        let (layout, hasHeader) = try layout(of: linesAfterFirst.next(), label: label)
        return try TableRows(layout: layout, skipsComments: false)
          .read(hasHeader ? linesAfterFirst : lines, headerLine: 1)
      }
    } catch {
      throw .table(path: file, error)
    }
    return try table.images(file: file)
  }

  /// The possible names of the label column, in lower case.
  static let labelNames: Set<String> = ["label", "class"]

  /// Finds the layout from the first line.
  private static func layout(
    of firstLine: TableLine?, label: LabelPosition?
  ) throws(TableFault) -> (layout: TableLayout, hasHeader: Bool) {
    guard let firstLine, !firstLine.isBlank else { throw .blank(line: 1, expected: nil) }
    let columns = firstLine.fieldCount
    guard columns <= TableLayout.mostColumns else {
      throw .shape(pixels: columns, most: TableLayout.mostColumns - 1)
    }
    let names = firstLine.fields.map { $0.lowercased() }
    let namedColumn = names.firstIndex(where: labelNames.contains)
    // A single field that is not a number is an error in a row. A header has mostly names, or a column for the label.
    let hasHeader = namedColumn != nil || 2 * names.count(where: { !TableField.isNumber($0) }) > columns

    let labelColumn: Int?
    switch (label, hasHeader, columns) {
    case (let label?, _, _): labelColumn = label.column(of: columns)
    case (nil, true, _): labelColumn = namedColumn
    case (nil, false, 65): labelColumn = 64
    case (nil, false, 785): labelColumn = 0
    case (nil, false, _): throw .labelPosition(columns: columns)
    }
    return (try TableLayout(columns: columns, labelColumn: labelColumn), hasHeader)
  }
}
