public import Numeral

/// Weka's table format: declared columns, then comma-separated rows. OpenML publishes MNIST in this format.
///
/// ```
/// @RELATION mnist_784
/// @ATTRIBUTE pixel1 real
/// @ATTRIBUTE class {0,1,2,3,4,5,6,7,8,9}
/// @DATA
/// 0,5
/// ```
///
/// Keywords may have any case. `%` starts a comment. Names with blanks stand in quotes. The label is the attribute
/// `class` or `label`, at any position. Sparse rows (`{3 255, 784 5}`) are refused.
///
/// Source: E. Frank, M. Hall, I. Witten, 2016, *The WEKA workbench*.
public enum ARFFFile {
  /// True if the first line that is neither blank nor a comment starts with `@`.
  public static func isARFF(_ bytes: Buffer<UInt8>) -> Bool {
    bytes.withElements { text in
      TableLines(of: text).lazy
        .compactMap { line in line.bytes.first { $0 != ASCII.space && $0 != ASCII.tab } }
        .first { $0 != ASCII.percent } == ASCII.at
    }
  }

  /// Reads the images of a table.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, unpacked.
  ///   - file: The name of the file in an error message.
  ///   - label: The position of the label; nil to find it by the names of the attributes.
  /// - Throws: ``DataError`` that names the line and the column.
  public static func read(
    _ bytes: Buffer<UInt8>, file: String, label: LabelPosition? = nil
  ) throws(DataError) -> LabeledImages {
    try bytes.withElements { text throws(DataError) in
      var lines = TableLines(of: text)
      let header: ARFFHeader
      let labelColumn: Int?
      do throws(ARFFFault) {
        header = try ARFFHeader(reading: &lines)
        labelColumn = try header.labelColumn(label)
      } catch {
        throw .arff(path: file, error)
      }
      let table: Table
      do throws(TableFault) {
        let layout = try TableLayout(columns: header.attributes.count, labelColumn: labelColumn)
        table = try TableRows(layout: layout, skipsComments: true).read(lines, headerLine: header.dataLine)
      } catch {
        throw .table(path: file, error)
      }
      return try table.images(file: file)
    }
  }
}
