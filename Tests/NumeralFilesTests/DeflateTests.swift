import NumeralFiles
import Testing

@Suite struct DeflateTests {
  private let bytes = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }

  @Test(
    "Bytes are unpacked from each container, but only with their exact length",
    arguments: [Deflate.Container.none, .zlib, .gzip], [1, 6, 12])
  func roundTrip(container: Deflate.Container, level: Int) {
    let packed = Deflate.compress(bytes, container: container, level: level)
    #expect(Deflate.decompress(packed, container: container, length: bytes.count) == bytes)
    #expect(Deflate.decompress(packed, container: container, length: bytes.count - 1) == nil)
    #expect(Deflate.decompress(packed, container: container, length: bytes.count + 1) == nil)
    #expect(Deflate.decompress(Array(packed.dropLast()), container: container, length: bytes.count) == nil)
  }

  @Test("Too little room, damage and success are distinguished, and further bytes are not read")
  func outcomes() {
    let packed = Deflate.compress(bytes, container: .gzip) + [1, 2, 3]
    func outcome(_ packed: [UInt8], room: Int) -> Deflate.Outcome {
      var target = [UInt8](repeating: 0, count: room)
      return packed.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { Deflate.decompress(source, into: $0, container: .gzip) }
      }
    }
    #expect(outcome(packed, room: 10_000) == .unpacked(read: packed.count - 3, written: bytes.count))
    #expect(outcome(packed, room: 4_999) == .needsRoom)
    #expect(outcome([0x1F, 0x8B, 9, 9], room: 10) == .damaged)
  }

  @Test("The CRC-32 of nine digits is the published check value")
  func sum() {
    #expect(Deflate.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
  }
}
