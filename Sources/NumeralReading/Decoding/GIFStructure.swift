/// The blocks of a GIF file. Source: CompuServe, 1990, *Graphics Interchange Format*, version 89a.
enum GIFStructure {
  /// Returns the size of the screen, or of the first frame if that is larger. Checks that the trailer is there.
  static func size(_ file: ByteReader) throws(ImageFault) -> ImageSize {
    var size = ImageSize(
      width: try file.little(6, 2, "its header"), height: try file.little(8, 2, "its header"))
    _ = try size.checked()
    var place = 13 + colors(try file.byte(10, "its header"))
    var hasFrame = false
    while true {
      switch try file.byte(place, "its trailer (3B)") {
      case 0x3B:
        guard hasFrame else { throw .header(.gif, reason: "it has no image") }
        return size
      case 0x21: place = try endOfBlocks(file, from: place + 2)
      case 0x2C:
        let right = try file.little(place + 1, 2, "a frame") + file.little(place + 5, 2, "a frame")
        let bottom = try file.little(place + 3, 2, "a frame") + file.little(place + 7, 2, "a frame")
        size = ImageSize(width: max(size.width, right), height: max(size.height, bottom))
        _ = try size.checked()
        hasFrame = true
        place = try endOfBlocks(file, from: place + 11 + colors(try file.byte(place + 9, "a frame")))
      case let found:
        throw .header(.gif, reason: "block \(found) at byte \(place) is unknown")
      }
    }
  }

  /// Returns the number of bytes of the colour table that a byte of flags announces.
  private static func colors(_ flags: Int) -> Int { flags & 0x80 == 0 ? 0 : 3 << (flags & 7 + 1) }

  private static func endOfBlocks(_ file: ByteReader, from start: Int) throws(ImageFault) -> Int {
    var place = start
    while true {
      let length = try file.byte(place, "its trailer (3B)")
      place += 1 + length
      if length == 0 { return place }
    }
  }
}
