import CDeflate

/// Packs pixels as PNG, over libdeflate. Source: W3C, 2003, *Portable Network Graphics*, second edition.
enum PNG {
  /// What the bytes of a picture mean; one byte a pixel.
  enum Pixels {
    /// Brightness, 0 black to 255 white.
    case gray
    /// Places in a table of at most 256 colours with their opacities.
    case palette([(color: Color, opacity: UInt8)])
  }

  /// A whole file.
  ///
  /// - Parameters:
  ///   - pixels: `[height, width]`, row by row.
  ///   - times: How many pixels of the file each pixel takes in either direction.
  static func encode(
    _ pixels: [UInt8], width: Int, height: Int, times: Int = 1, as kind: Pixels = .gray
  ) -> [UInt8] {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "one byte for each pixel")
    let copy = [2] + [UInt8](repeating: 0, count: width * times)
    var rows: [UInt8] = []
    rows.reserveCapacity((width * times + 1) * height * times)
    for row in 0..<height {
      rows.append(0)  // No filter: palettes and pen strokes pack best as they are.
      for pixel in pixels[row * width..<(row + 1) * width] { rows += repeatElement(pixel, count: times) }
      // The filter "up": as the row above.
      for _ in 1..<times { rows += copy }
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    var colorType: UInt8 = 0
    if case .palette = kind { colorType = 3 }
    append("IHDR", bigEndian(width * times) + bigEndian(height * times) + [8, colorType, 0, 0, 0], to: &file)
    if case .palette(let entries) = kind {
      append("PLTE", entries.flatMap { [$0.color.red, $0.color.green, $0.color.blue] }, to: &file)
      append("tRNS", entries.map(\.opacity), to: &file)
    }
    append("IDAT", packed(rows), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// How many times to enlarge a picture so that its pixels stay squares where it is drawn larger than it is.
  ///
  /// Browsers keep them so by themselves (`image-rendering`), librsvg 2.54 smooths whatever it is told. The border between
  /// two pixels is then as wide as one of the file's; with 160 of them on a side it cannot be seen.
  static func times(width: Int) -> Int {
    max(1, (160 + width - 1) / width)
  }

  private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
    let named = Array(name.utf8) + data
    file += bigEndian(data.count) + named + bigEndian(Int(libdeflate_crc32(0, named, named.count)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  /// Bytes in the zlib format.
  private static func packed(_ bytes: [UInt8]) -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(9) else {
      preconditionFailure("there is no memory to pack a picture")
    }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count = libdeflate_zlib_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
    }
  }
}
