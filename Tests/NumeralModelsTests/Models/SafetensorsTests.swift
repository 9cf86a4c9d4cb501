import Numeral
import NumeralTestSupport
import NumeralModels
import Testing

@Suite struct SafetensorsTests {
  private let contents = Safetensors(
    metadata: [("b", "two \"words\""), ("a", "é")],
    entries: [
      .init(name: "0.weight", shape: [2, 3], values: [1, -2, 0.5, .leastNonzeroMagnitude, -0, 3e38]),
      .init(name: "0.bias", shape: [2], values: [0.1, -0.2]),
    ])

  @Test("What is written is read again, bit for bit and in order")
  func roundTrip() throws {
    let read = try Safetensors(Buffer(contents.bytes))
    #expect(read.entries.map(\.name) == ["0.weight", "0.bias"])
    #expect(read.entries.map(\.shape) == [[2, 3], [2]])
    #expect(read.entries.map { $0.values.map(\.bitPattern) } == contents.entries.map { $0.values.map(\.bitPattern) })
    #expect(read.metadata.map(\.key) == ["b", "a"])
    #expect(read.metadata.map(\.value) == ["two \"words\"", "é"])
    #expect(read.bytes == contents.bytes)
  }

  @Test("The header is padded with spaces so that the data starts on a multiple of 64", arguments: 0..<70)
  func padding(extra: Int) throws {
    let longer = Safetensors(
      metadata: [("x", String(repeating: "a", count: extra))], entries: contents.entries)
    let bytes = longer.bytes
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    #expect(bytes[2..<8].allSatisfy { $0 == 0 })
    #expect((8 + length) % 64 == 0)
    #expect(bytes.count == 8 + length + 8 * 4)
    let header = bytes[8..<8 + length]
    let padding = header.reversed().prefix { $0 == UInt8(ascii: " ") }.count
    #expect(padding < 64)
    #expect(header.dropLast(padding).last == UInt8(ascii: "}"))
    #expect(try Safetensors(Buffer(bytes)).bytes == bytes)
  }

  @Test("The header is this JSON, with metadata first and offsets without gaps")
  func header() {
    let bytes = contents.bytes
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    let text = String(decoding: bytes[8..<8 + length], as: UTF8.self)
    let expected =
      #"{"__metadata__":{"b":"two \"words\"","a":"é"},"#
      + #""0.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"#
      + #""0.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}"#
    #expect(text.hasPrefix(expected))
    #expect(text.dropFirst(expected.count).allSatisfy { $0 == " " })
  }

  @Test("The data is little-endian float32 in order, and its hash is that of these bytes")
  func data() {
    let small = Safetensors(
      metadata: [], entries: [.init(name: "a", shape: [1], values: [1]), .init(name: "b", shape: [1], values: [-2])])
    #expect(small.data == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    #expect(small.bytes.suffix(8) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    // printf '\0\0\x80\x3f\0\0\0\xc0' | sha256sum
    #expect(small.dataHash == "ee4ac73c2bd27756ab82780f27c73a7bc4d3f0bb6acb37e008bc27eccd7e588b")
  }

  @Test("Metadata is no part of the hash, weights are")
  func hash() {
    let renamed = Safetensors(metadata: [], entries: contents.entries)
    #expect(renamed.dataHash == contents.dataHash)
    let other = Safetensors(
      metadata: [], entries: [contents.entries[0], .init(name: "0.bias", shape: [2], values: [0.1, -0.3])])
    #expect(other.dataHash != contents.dataHash)
  }
}
