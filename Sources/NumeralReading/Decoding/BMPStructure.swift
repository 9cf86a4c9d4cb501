/// The parts of a BMP file. Source: Microsoft, *BITMAPFILEHEADER* and *BITMAPINFOHEADER*.
enum BMPStructure {
  /// Returns the size in the header. Checks the length of the file: uncompressed pixels determine it, otherwise the
  /// header states it.
  static func size(_ file: ByteReader) throws(ImageFault) -> ImageSize {
    let stated = try file.little(2, 4, "its header")
    let start = try file.little(10, 4, "its header")
    let header = try file.little(14, 4, "its header")
    let isOld = header == 12
    guard isOld || header >= 40 else { throw .header(.bmp, reason: "its length is \(header), expected 12, 40 or more") }
    let width = try isOld ? file.little(18, 2, "its header") : signed(file.little(18, 4, "its header"))
    // A negative height means that the first row is the upper one.
    let height = try isOld ? file.little(20, 2, "its header") : signed(file.little(22, 4, "its header")).magnitude.asInt
    let bits = try file.little(isOld ? 24 : 28, 2, "its header")
    let packing = try isOld ? 0 : file.little(30, 4, "its header")
    let size = try ImageSize(width: width, height: height).checked()
    guard [1, 4, 8, 16, 24, 32].contains(bits) else {
      throw .header(.bmp, reason: "it has \(bits) bits a pixel, expected 1, 4, 8, 16, 24 or 32")
    }
    let isPacked = packing == 1 || packing == 2
    let needed = isPacked ? stated : start + (size.width * bits + 31) / 32 * 4 * size.height
    guard file.count >= needed else {
      throw .truncated(.bmp, missing: "it has \(file.count) bytes, expected \(needed)")
    }
    return size
  }

  private static func signed(_ value: Int) -> Int { Int(Int32(truncatingIfNeeded: value)) }
}

extension UInt {
  fileprivate var asInt: Int { Int(self) }
}
