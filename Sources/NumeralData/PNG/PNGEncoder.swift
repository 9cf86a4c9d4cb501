/// Pixels to PNG files, over libdeflate: 8-bit grey or red, green and blue, no filter, one block of data.
///
/// Source: W3C, 2003, *Portable Network Graphics (PNG) Specification*, second edition.
public enum PNGEncoder {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// A file of grey pixels.
  ///
  /// - Parameter gray: `[height, width]`, 0 black to 255 white.
  /// - Precondition: `gray.count == width · height > 0`.
  public static func encode(gray: [UInt8], width: Int, height: Int) -> [UInt8] {
    encode(gray, channels: 1, width: width, height: height, using: DeflateCompressor())
  }

  /// A file of a picture in colour.
  ///
  /// - Parameter rgb: `[height, width, 3]`, red, green and blue.
  /// - Precondition: `rgb.count == 3 · width · height > 0`.
  public static func encode(rgb: [UInt8], width: Int, height: Int) -> [UInt8] {
    encode(rgb, channels: 3, width: width, height: height, using: DeflateCompressor())
  }

  /// A file of `[height, width, channels]` pixels; a compressor that packs many files is made once.
  static func encode(
    _ pixels: [UInt8], channels: Int = 1, width: Int, height: Int, using compressor: DeflateCompressor
  ) -> [UInt8] {
    precondition(width > 0 && height > 0 && pixels.count == channels * width * height, "one value for each channel")
    let stride = channels * width
    var rows: [UInt8] = []
    rows.reserveCapacity((stride + 1) * height)
    for row in 0..<height {
      rows.append(0)
      rows += pixels[row * stride..<(row + 1) * stride]
    }
    var file = signature
    append("IHDR", bigEndian(width) + bigEndian(height) + [8, channels == 1 ? 0 : 2, 0, 0, 0], to: &file)
    append("IDAT", compressor.compress(rows, container: .zlib), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
    let named = Array(name.utf8) + data
    file += bigEndian(data.count) + named + bigEndian(Int(Deflate.crc32(named)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }
}
