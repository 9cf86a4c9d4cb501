/// The segments of a JPEG file. Source: ITU-T, 1992, *Recommendation T.81*, annex B.
enum JPEGStructure {
  /// The largest number of scans of a progressive image. Encoders write about ten, and each takes work for all pixels.
  static let mostScans = 100

  /// Returns the size in the frame header. Walks through the segments to the end mark, because a preview inside the
  /// file may have an end mark too.
  static func size(_ file: ByteReader) throws(ImageFault) -> ImageSize {
    var size: ImageSize?
    var scans = 0
    var place = 2
    while true {
      // Any number of 0xFF bytes may precede a marker.
      guard try file.byte(place, "its end mark (FF D9)") == 0xFF else {
        throw .header(.jpeg, reason: "there is no marker at byte \(place)")
      }
      let marker = try file.byte(place + 1, "its end mark (FF D9)")
      switch marker {
      case 0xFF: place += 1
      case 0xD9:
        guard let size, scans > 0 else { throw .header(.jpeg, reason: "it has no image") }
        return size
      case 0x01, 0xD0...0xD8: place += 2
      default:
        let length = try file.big(place + 2, 2, "its end mark (FF D9)")
        guard length >= 2 else { throw .header(.jpeg, reason: "the segment at byte \(place) has no valid length") }
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

  /// Returns the position of the first marker after the packed data of a scan, or the end of the file.
  private static func endOfScan(_ file: ByteReader, from start: Int) -> Int {
    var place = start
    while place + 1 < file.count {
      if file.bytes[place] == 0xFF {
        let next = file.bytes[place + 1]
        // A zero means that 0xFF is data. Restart markers separate parts of the data.
        if next != 0, !(0xD0...0xD7).contains(next), next != 0xFF { return place }
      }
      place += 1
    }
    return file.count
  }
}
