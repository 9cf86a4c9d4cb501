/// The segments of a JPEG file. Source: ITU-T, 1992, *Recommendation T.81*, annex B.
enum JPEGStructure {
  /// The most scans of a progressive picture; encoders write about ten, and each is work for all pixels.
  static let mostScans = 100

  /// The extent in the frame header; the end mark is reached by walking, since a preview inside may have one of its own.
  static func size(_ file: ByteReader) throws(ImageFault) -> ImageSize {
    var size: ImageSize?
    var scans = 0
    var place = 2
    while true {
      // Any number of 0xFF may stand before a marker.
      guard try file.byte(place, "its end mark (FF D9)") == 0xFF else {
        throw .header(.jpeg, reason: "there is no marker at byte \(place)")
      }
      let marker = try file.byte(place + 1, "its end mark (FF D9)")
      switch marker {
      case 0xFF: place += 1
      case 0xD9:
        guard let size, scans > 0 else { throw .header(.jpeg, reason: "it has no picture") }
        return size
      case 0x01, 0xD0...0xD8: place += 2
      default:
        let length = try file.big(place + 2, 2, "its end mark (FF D9)")
        guard length >= 2 else { throw .header(.jpeg, reason: "a segment at byte \(place) has no length") }
        if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
          let found = ImageSize(
            width: try file.big(place + 7, 2, "its frame header"),
            height: try file.big(place + 5, 2, "its frame header"))
          size = try found.checked()
        }
        place += 2 + length
        if marker == 0xDA {
          scans += 1
          guard scans <= mostScans else { throw .tooManyScans(limit: mostScans) }
          place = endOfScan(file, from: place)
        }
      }
    }
  }

  /// The place of the first marker behind the packed data of a scan; the file's end if there is none.
  private static func endOfScan(_ file: ByteReader, from start: Int) -> Int {
    var place = start
    while place + 1 < file.count {
      if file.bytes[place] == 0xFF {
        let next = file.bytes[place + 1]
        // A zero means that 0xFF is data; restart marks stand between parts of the data.
        if next != 0, !(0xD0...0xD7).contains(next), next != 0xFF { return place }
      }
      place += 1
    }
    return file.count
  }
}
