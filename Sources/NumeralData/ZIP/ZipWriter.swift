import NumeralFiles

/// Builds a ZIP archive in memory. Members are deflated and carry no dates, so that equal contents give equal archives.
struct ZipWriter {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Midnight of 1 January 1980, the first date that the format can express.
  private static let firstDate = 0x21

  /// Adds a member.
  ///
  /// - Precondition: The archive stays below 4 GiB and 65,535 members.
  mutating func add(_ name: String, _ bytes: [UInt8]) {
    let packed = Deflate.compress(bytes, container: .none)
    let offset = body.count
    precondition(offset + packed.count < 0xFFFF_FFFF && count < 0xFFFE, "the archive is too large for plain ZIP")
    let path = Array(name.utf8)
    let number = LittleEndian.bytes
    // Version 2.0 to unpack, UTF-8 names, deflate, date, checksum, sizes, length of the name, no extra field.
    let common =
      number(20, 2) + number(0x800, 2) + number(8, 2) + number(0, 2) + number(Self.firstDate, 2)
      + number(Int(Deflate.crc32(bytes)), 4) + number(packed.count, 4) + number(bytes.count, 4)
      + number(path.count, 2) + number(0, 2)
    body += [0x50, 0x4B, 3, 4] + common + path + packed
    // No comment, first disk, no attributes, offset of the member.
    directory +=
      [0x50, 0x4B, 1, 2] + number(20, 2) + common + [UInt8](repeating: 0, count: 10) + number(offset, 4) + path
    count += 1
  }

  /// Returns the whole archive.
  func finish() -> [UInt8] {
    let number = LittleEndian.bytes
    return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + number(count, 2) + number(count, 2)
      + number(directory.count, 4) + number(body.count, 4) + [0, 0]
  }
}
