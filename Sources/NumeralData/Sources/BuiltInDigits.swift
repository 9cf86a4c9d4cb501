import CNumeralAssets
public import Numeral

/// The 8×8 digits that are part of the program: 1,797 images with pixels 0 to 16, and no official test part.
public enum BuiltInDigits {
  /// What the command and files call them.
  public static let name = "digits"
  /// The authors.
  public static let attribution =
    "E. Alpaydin, C. Kaynak, UCI Optical Recognition of Handwritten Digits, test part, CC BY 4.0"

  /// Unpacks and reads the images.
  ///
  /// - Throws: ``DataError`` only if the program itself is damaged.
  public static func read() throws(DataError) -> LabeledImages {
    var length = 0
    let start = numeral_asset_digits(&length)
    let packed = Buffer([UInt8](UnsafeBufferPointer(start: start, count: length)))
    let name = "the built-in digits"
    return try CSVFile.read(Gzip.decompress(packed, file: name), file: name)
  }
}
