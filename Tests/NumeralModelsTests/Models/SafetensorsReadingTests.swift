import Numeral
import NumeralTestSupport
import NumeralModels
import Testing

@Suite struct SafetensorsReadingTests {
  /// A damaged file, and the message about it.
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let sentence: String
    var testDescription: String { name }

    init(_ name: String, header: String, data: Int = 12, _ sentence: String) {
      self.init(name, bytes: SafetensorsReadingTests.file(header, data: data), sentence)
    }

    init(_ name: String, bytes: [UInt8], _ sentence: String) {
      self.name = name
      self.bytes = bytes
      self.sentence = sentence
    }
  }

  static func file(_ header: String, data: Int) -> [UInt8] {
    let text = Array(header.utf8)
    return [UInt8(text.count & 255), UInt8(text.count >> 8), 0, 0, 0, 0, 0, 0] + text
      + [UInt8](repeating: 0, count: data)
  }

  private static let good = #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}"#
  private static let notAShape =
    "\"a\" in the header is not a tensor's entry with a shape of 1 to 268435456 numbers and data_offsets"

  static let damages = [
    Damage(
      "a header longer than any model's", bytes: [0, 0, 0, 0, 1, 0, 0, 0] + [UInt8](repeating: 32, count: 40),
      "the header's length at byte 0 is 4294967296, expected 2 to 1048576; is this a model file?"),
    Damage(
      "the largest length", bytes: [UInt8](repeating: 255, count: 20),
      "the header's length at byte 0 is 18446744073709551615, expected 2 to 1048576; is this a model file?"),
    Damage(
      "a header of one byte", bytes: [1, 0, 0, 0, 0, 0, 0, 0, 32],
      "the header's length at byte 0 is 1, expected 2 to 1048576; is this a model file?"),
    Damage(
      "text", header: "no JSON at all",
      "the header at byte 8 is not JSON: the JSON has 'o' at byte 1, expected 'null'"),
    Damage(
      "a header that is cut short", header: #"{"a":"#,
      "the header at byte 8 is not JSON: the JSON ends at byte 5, expected a value"),
    Damage(
      "a key twice", header: #"{"a":{},"a":{}}"#,
      "the header at byte 8 is not JSON: the JSON has the key \"a\" twice in one object, at byte 8"),
    Damage("an array", header: "[1,2]", "the header is not an object of tensors"),
    Damage(
      "metadata that is no object", header: #"{"__metadata__":[]}"#, data: 0,
      "\"__metadata__\" in the header is not an object of texts"),
    Damage(
      "metadata that is no text", header: #"{"__metadata__":{"epoch":3}}"#, data: 0,
      "\"epoch\" in the header is not a text"),
    Damage("a tensor that is no object", header: #"{"a":3}"#, "\"a\" in the header is not a tensor's entry"),
    Damage(
      "another type", header: #"{"a":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}}"#,
      "tensor a is of type F16, expected F32"),
    Damage("no shape", header: #"{"a":{"dtype":"F32","data_offsets":[0,12]}}"#, notAShape),
    Damage("a shape of text", header: #"{"a":{"dtype":"F32","shape":[3,"x"],"data_offsets":[0,12]}}"#, notAShape),
    Damage("a negative extent", header: #"{"a":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}}"#, notAShape),
    Damage("an extent of zero", header: #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#, notAShape),
    Damage(
      "extents whose product overflows",
      header: #"{"a":{"dtype":"F32","shape":[16777216,16777216,16777216],"data_offsets":[0,12]}}"#, notAShape),
    Damage(
      "extents whose product wraps to a small number",
      header: #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,3],"data_offsets":[0,12]}}"#, notAShape),
    Damage("no offsets", header: #"{"a":{"dtype":"F32","shape":[3]}}"#, notAShape),
    Damage("one offset", header: #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0]}}"#, notAShape),
    Damage("offsets in reverse", header: #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}}"#, notAShape),
    Damage("a negative offset", header: #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[-12,0]}}"#, notAShape),
    Damage(
      "offsets that do not fit the shape", header: #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
      "tensor a has the offsets [0, 8], expected [0, 12]"),
    Damage(
      "a gap",
      header:
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
      "tensor b has the offsets [8, 12], expected [4, 8]"),
    Damage(
      "an overlap",
      header:
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
        + #""b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
      "tensor b has the offsets [4, 12], expected [8, 16]"),
    Damage(
      "a first tensor that does not start at 0", header: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
      "tensor a has the offsets [8, 12], expected [0, 4]"),
    Damage(
      "offsets beyond any file",
      header: #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,9223372036854775807]}}"#,
      "tensor a has the offsets [0, 9223372036854775807], expected [0, 12]"),
    Damage(
      "too few data", header: good, data: 11,
      "the data section has 11 bytes, expected 12 as the header says; the file is cut short or damaged"),
    Damage(
      "too many data", header: good, data: 13,
      "the data section has 13 bytes, expected 12 as the header says; the file is longer than it should be"),
  ]

  @Test("A damaged file gets a sentence", arguments: damages)
  func damage(_ damage: Damage) {
    #expect(sentence(of: damage.bytes) == damage.sentence)
  }

  @Test("Every truncation of a file is noticed")
  func truncations() throws {
    let whole = SafetensorsReadingTests.file(SafetensorsReadingTests.good, data: 12)
    _ = try Safetensors(Buffer(whole))
    for count in 0..<whole.count {
      let expected =
        count < 8
        ? "the file ends after \(count) bytes, expected at least 8; it is cut short, or it is not a model file"
        : count < whole.count - 12
          ? "the file ends after \(count) bytes, expected at least \(whole.count - 12); it is cut short, or it is not "
            + "a model file"
          : "the data section has \(count - whole.count + 12) bytes, expected 12 as the header says; "
            + "the file is cut short or damaged"
      #expect(sentence(of: Array(whole.prefix(count))) == expected)
    }
  }

  @Test("If any byte of the header changes, the file is read or refused, and nothing crashes")
  func everyByte() {
    let whole = SafetensorsReadingTests.file(SafetensorsReadingTests.good, data: 12)
    for place in 0..<whole.count - 12 {
      for byte in [UInt8(0), 32, 34, 44, 48, 57, 91, 123, 125, 127, 255] {
        var changed = whole
        changed[place] = byte
        #expect(!sentence(of: changed).isEmpty)
      }
    }
  }

  @Test("The order of the header's keys is free; that of the data counts")
  func order() throws {
    let header =
      #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    #expect(try Safetensors(Buffer(SafetensorsReadingTests.file(header, data: 8))).entries.map(\.name) == ["a", "b"])
  }

  private func sentence(of bytes: [UInt8]) -> String {
    do {
      return "read: \(try Safetensors(Buffer(bytes)).entries)"
    } catch {
      return error.description
    }
  }
}
