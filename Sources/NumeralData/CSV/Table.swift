import Numeral

/// The contents of a table.
struct Table {
  /// The meaning of the columns.
  let layout: TableLayout
  /// `[rows, height, width]`.
  let pixels: Buffer<UInt8>
  /// `[rows]`; empty if there is no label.
  let labels: [UInt8]

  /// Returns the rows as images. The pixels are shared, not copied.
  func images(file: String) throws(DataError) -> LabeledImages {
    do {
      return try LabeledImages(
        pixels: pixels, pixelOffset: 0, shape: layout.shape, pixelMaximum: layout.pixelMaximum, labels: labels,
        classNames: DigitClasses.names)
    } catch {
      throw .images(path: file, error)
    }
  }
}
