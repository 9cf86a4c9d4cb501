/// The chunks of a WebP file. Source: J. Zern and others, 2024, *WebP image format*, RFC 9649.
enum WebPStructure {
  /// Returns the size in the first chunk. Checks that the file is as long as its header says.
  static func size(_ file: ByteReader) throws(ImageFault) -> ImageSize {
    let stated = try file.little(4, 4, "its header") + 8
    let size: ImageSize
    if file.has("VP8X", at: 12) {
      size = ImageSize(
        width: try file.little(24, 3, "its header") + 1, height: try file.little(27, 3, "its header") + 1)
    } else if file.has("VP8L", at: 12) {
      let bits = try file.little(21, 4, "its header")
      size = ImageSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
    } else if file.has("VP8 ", at: 12) {
      size = ImageSize(
        width: try file.little(26, 2, "its header") & 0x3FFF, height: try file.little(28, 2, "its header") & 0x3FFF)
    } else {
      _ = try file.big(12, 4, "its header")
      throw .header(.webp, reason: "the first chunk is not VP8, VP8L or VP8X")
    }
    _ = try size.checked()
    guard file.count >= stated else {
      throw .truncated(.webp, missing: "it has \(file.count) bytes, expected \(stated)")
    }
    return size
  }
}
