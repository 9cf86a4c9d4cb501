import Numeral

/// What the columns of a table are: pixels, and a label in one of them or none.
struct TableLayout: Equatable {
  /// The number of columns in every row.
  let columns: Int
  /// The place of the label, from 0; nil where there are only pixels.
  let labelColumn: Int?
  /// The extent of one picture.
  let shape: Shape
  /// The pixel value that stands for full ink.
  let pixelMaximum: UInt8

  /// The longest side of a picture in a table.
  static let greatestExtent = 1024

  /// The most columns a table can have.
  static let mostColumns = greatestExtent * greatestExtent + 1

  /// Creates the layout of a table whose pictures are square.
  ///
  /// The 8×8 digits count the black ones of 16 pixels; every other set has bytes.
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
