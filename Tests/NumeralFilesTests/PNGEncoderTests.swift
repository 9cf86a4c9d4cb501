import Foundation
import NumeralFiles
import NumeralTestSupport
import Testing

@Suite struct PNGEncoderTests {
  /// A Python with its own zlib, from `NUMERAL_PYTHON`.
  static let python = ProcessInfo.processInfo.environment["NUMERAL_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }

  /// Reads a PNG file with Python's zlib, checks every checksum, and prints header, palette, opacities and pixels.
  private static let reading = """
    import struct, sys, zlib
    data = open(sys.argv[1], "rb").read()
    assert data[:8] == bytes([137, 80, 78, 71, 13, 10, 26, 10])
    place, chunks = 8, {}
    while place < len(data):
        length, = struct.unpack(">I", data[place:place + 4])
        name, body = data[place + 4:place + 8], data[place + 8:place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length:place + 12 + length])[0] == zlib.crc32(name + body)
        chunks[name.decode()] = body
        place += 12 + length
    width, height, depth, color, *rest = struct.unpack(">IIBBBBB", chunks["IHDR"])
    rows = zlib.decompress(chunks["IDAT"])
    assert len(rows) == (width + 1) * height
    pixels, above = [], [0] * width
    for y in range(height):
        kind, line = rows[y * (width + 1)], rows[y * (width + 1) + 1:(y + 1) * (width + 1)]
        assert kind in (0, 2)
        above = [(pixel + up * (kind == 2)) % 256 for pixel, up in zip(line, above)]
        pixels += above
    print(width, height, depth, color, *rest)
    print(*chunks.get("PLTE", b""), sep=",")
    print(*chunks.get("tRNS", b""), sep=",")
    print(*pixels, sep=",")
    """

  private func read(_ png: [UInt8]) throws -> [String] {
    let folder = try TemporaryFolder()
    let script = try folder.write(Self.reading, to: "read.py")
    let file = try folder.write(png, to: "a.png")
    let runner = CommandRunner(program: URL(fileURLWithPath: try #require(Self.python)))
    let said = try runner.run([script, file])
    #expect(said.exitCode == 0, "\(said.standardError)")
    return said.standardOutput.components(separatedBy: "\n")
  }

  @Test(
    "Grey pixels unpack to themselves", .enabled(if: python != nil, "NUMERAL_PYTHON names no Python"),
    arguments: [(3, 2), (1, 1), (28, 28), (500, 3)])
  func gray(width: Int, height: Int) throws {
    let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * $0 * 7) }
    let lines = try read(PNGEncoder().encode(pixels, width: width, height: height))
    #expect(lines[0] == "\(width) \(height) 8 0 0 0 0")
    #expect(lines[3] == pixels.map(String.init).joined(separator: ","))
  }

  @Test(
    "Indices of a palette are unpacked with their colours",
    .enabled(if: python != nil, "NUMERAL_PYTHON names no Python"))
  func palette() throws {
    let png = PNGEncoder().encode(
      [0, 1, 1, 0, 0, 1], width: 3, height: 2,
      as: .palette([(red: 1, green: 2, blue: 3, opacity: 0), (red: 255, green: 128, blue: 0, opacity: 255)]))
    #expect(try read(png) == ["3 2 8 3 0 0 0", "1,2,3,255,128,0", "0,255", "0,1,1,0,0,1", ""])
  }

  @Test("Pixels are repeated in both directions", .enabled(if: python != nil, "NUMERAL_PYTHON names no Python"))
  func enlarged() throws {
    let lines = try read(PNGEncoder().encode([1, 2, 3, 4, 5, 6], width: 3, height: 2, times: 2))
    #expect(lines[0] == "6 4 8 0 0 0 0")
    #expect(lines[3] == "1,1,2,2,3,3,1,1,2,2,3,3,4,4,5,5,6,6,4,4,5,5,6,6")
  }
}
