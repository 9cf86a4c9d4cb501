import NumeralFiles
import Testing

/// The chunks of a PNG file, read without a library.
struct PNGFile {
  private var chunks: [(name: String, data: [UInt8], sum: UInt32)] = []

  init(_ bytes: [UInt8]) throws {
    try #require(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    var place = 8
    while place < bytes.count {
      let length = Self.number(bytes, place)
      try #require(place + 12 + length <= bytes.count)
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      let data = Array(bytes[place + 8..<place + 8 + length])
      chunks.append((name, data, UInt32(Self.number(bytes, place + 8 + length))))
      place += 12 + length
    }
    try #require(chunks.first?.name == "IHDR" && chunks.last?.name == "IEND")
  }

  var width: Int { Self.number(chunks[0].data, 0) }
  var height: Int { Self.number(chunks[0].data, 4) }

  /// The resolution in the `pHYs` chunk; nil if there is none, or if both directions differ.
  var pixelsPerMetre: Int? {
    guard let data = chunks.first(where: { $0.name == "pHYs" })?.data, data.count == 9, data[8] == 1,
      Self.number(data, 0) == Self.number(data, 4)
    else { return nil }
    return Self.number(data, 0)
  }

  /// True if every chunk's checksum is right. It is computed bit by bit as in appendix D of the standard.
  var hasValidSums: Bool {
    chunks.allSatisfy { chunk in
      var sum: UInt32 = 0xFFFF_FFFF
      for byte in Array(chunk.name.utf8) + chunk.data {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
      }
      return ~sum == chunk.sum
    }
  }

  /// The red values of a row of 8-bit colours with or without opacities.
  func row(_ wanted: Int) throws -> [UInt8] {
    let channels = try #require([2: 3, 6: 4][Int(chunks[0].data[9])])
    let packed = chunks.filter { $0.name == "IDAT" }.flatMap(\.data)
    let stride = width * channels
    let rows = try #require(Deflate.decompress(packed, container: .zlib, length: (stride + 1) * height))
    var above = [UInt8](repeating: 0, count: stride)
    for y in 0...wanted {
      let start = y * (stride + 1)
      var line = Array(rows[start + 1...start + stride])
      for place in line.indices {
        let left = place >= channels ? Int(line[place - channels]) : 0
        let corner = place >= channels ? Int(above[place - channels]) : 0
        let up = Int(above[place])
        let (pa, pb, pc) = (abs(up - corner), abs(left - corner), abs(left + up - 2 * corner))
        let paeth = pa <= pb && pa <= pc ? left : pb <= pc ? up : corner
        let guess = [0, left, up, (left + up) / 2, paeth][Int(rows[start])]
        line[place] = UInt8(truncatingIfNeeded: Int(line[place]) + guess)
      }
      above = line
    }
    return Swift.stride(from: 0, to: stride, by: channels).map { above[$0] }
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
