public import NumeralData

extension PNGEncoder {
  /// A file of a picture in colour.
  public static func encode(_ bitmap: Bitmap) -> [UInt8] {
    encode(rgb: bitmap.pixels, width: bitmap.width, height: bitmap.height)
  }
}
