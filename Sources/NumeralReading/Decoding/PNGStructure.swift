/// The chunks of a PNG file. Source: W3C, 2003, *Portable Network Graphics*, second edition, 5.
enum PNGStructure {
  /// Returns the size in the header. Checks that every chunk up to `IEND` is complete.
  static func size(_ file: ByteReader) throws(ImageFault) -> ImageSize {
    let length = try file.big(8, 4, "its header")
    guard length == 13, file.has("IHDR", at: 12) else {
      throw .header(.png, reason: "the first chunk is not an IHDR of 13 bytes")
    }
    let size = ImageSize(
      width: try file.big(16, 4, "its header"), height: try file.big(20, 4, "its header"))
    // Checked first: a header with too large a size is refused for that reason, whatever follows.
    _ = try size.checked()
    var place = 8
    while true {
      let length = try file.big(place, 4, "its end mark (IEND)")
      let end = place + 12 + length
      guard end <= file.count else { throw .truncated(.png, missing: "a chunk at byte \(place) ends beyond the file") }
      if file.has("IEND", at: place + 4) { return size }
      place = end
    }
  }
}
