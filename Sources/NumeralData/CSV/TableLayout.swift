import Numeral

/// The meaning of a table's columns: pixels, and at most one label.
struct TableLayout: Equatable {
  /// The number of columns in every row.
  let columns: Int
  /// The index of the label column, from 0; nil if there are only pixels.
  let labelColumn: Int?
  /// The shape of one image.
  let shape: Shape
  /// The pixel value that stands for full ink.
  let pixelMaximum: UInt8

  /// The longest side of an image in a table.
  static let greatestExtent = 1024

  /// The most columns a table can have.
  static let mostColumns = greatestExtent * greatestExtent + 1

  /// Creates the layout of a table of square images.
  ///
  /// In the 8×8 digits a pixel counts the black ones among 16 (4×4) pixels of the scan. All other sets have pixels of
  /// one byte.
  init(columns: Int, labelColumn: Int?) throws(TableFault) {
    let pixels = labelColumn == nil ? columns : columns - 1
    let most = TableLayout.greatestExtent * TableLayout.greatestExtent
    let side = Int(Double(pixels).squareRoot())
    guard pixels >= 1, pixels <= most, side * side == pixels else { throw .shape(pixels: pixels, most: most) }
    self.columns = columns
    self.labelColumn = labelColumn
    shape = .image(height: side, width: side)
    pixelMaximum = side == 8 ? 16 : 255
  }
}
