import CDeflate

/// Pixels to PNG files, over libdeflate. Source: W3C, 2003, *Portable Network Graphics*, second edition.
public enum PNGEncoder {
  /// A file of grey pixels.
  ///
  /// - Parameter gray: `[height, width]`, 0 black to 255 white.
  /// - Precondition: `gray.count == width · height > 0`.
  public static func encode(gray: [UInt8], width: Int, height: Int) -> [UInt8] {
    encode(gray, channels: 1, width: width, height: height)
  }

  /// A file of a picture in colour.
  public static func encode(_ bitmap: Bitmap) -> [UInt8] {
    encode(bitmap.pixels, channels: 3, width: bitmap.width, height: bitmap.height)
  }

  private static func encode(_ pixels: [UInt8], channels: Int, width: Int, height: Int) -> [UInt8] {
    precondition(width > 0 && height > 0 && pixels.count == channels * width * height, "one value for each channel")
    let stride = channels * width
    var rows: [UInt8] = []
    rows.reserveCapacity((stride + 1) * height)
    for row in 0..<height {
      rows.append(0)
      rows += pixels[row * stride..<(row + 1) * stride]
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    append("IHDR", bigEndian(width) + bigEndian(height) + [8, channels == 1 ? 0 : 2, 0, 0, 0], to: &file)
    append("IDAT", packed(rows), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
    let named = Array(name.utf8) + data
    file += bigEndian(data.count) + named + bigEndian(Int(libdeflate_crc32(0, named, named.count)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  private static func packed(_ bytes: [UInt8]) -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(6) else {
      preconditionFailure("there is no memory to pack a picture")
    }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count = libdeflate_zlib_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
    }
  }
}
