/// Reads numbers from the bytes of a file. Reading beyond the end throws an error that says what is missing.
struct ByteReader {
  let bytes: [UInt8]
  let format: ImageFormat

  init(_ bytes: [UInt8], format: ImageFormat) {
    self.bytes = bytes
    self.format = format
  }

  var count: Int { bytes.count }

  /// Reads one byte.
  func byte(_ place: Int, _ what: String) throws(ImageFault) -> Int { try number(place, 1, what, bigEndian: true) }

  /// Reads a number with the most significant byte first.
  func big(_ place: Int, _ length: Int, _ what: String) throws(ImageFault) -> Int {
    try number(place, length, what, bigEndian: true)
  }

  /// Reads a number with the least significant byte first.
  func little(_ place: Int, _ length: Int, _ what: String) throws(ImageFault) -> Int {
    try number(place, length, what, bigEndian: false)
  }

  /// True if a text of ASCII letters is at this position.
  func has(_ text: String, at place: Int) -> Bool {
    place >= 0 && place + text.utf8.count <= count && bytes[place..<place + text.utf8.count].elementsEqual(text.utf8)
  }

  private func number(_ place: Int, _ length: Int, _ what: String, bigEndian: Bool) throws(ImageFault) -> Int {
    guard place >= 0, place + length <= count else { throw .truncated(format, missing: "\(what) is missing") }
    let part = bytes[place..<place + length]
    return bigEndian ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
