/// What is wrong with a file of tensors.
public enum SafetensorsFault: Error, Equatable, CustomStringConvertible {
  /// The file ends before its own header does.
  case truncated(expected: Int, found: Int)
  /// The header claims a length that no model has.
  case headerLength(UInt64)
  /// The header is not JSON.
  case header(JSONError)
  /// The header lacks something, or it is of the wrong kind.
  case entry(name: String, expected: String)
  /// A type that is not 32-bit floats.
  case type(name: String, found: String)
  /// Offsets that do not follow one another, or do not fit the shape.
  case offsets(name: String, expected: Range<Int>, found: [Int])
  /// Bytes after the last tensor, or too few.
  case dataLength(expected: Int, found: Int)

  /// What is wrong, as the end of a sentence that begins with the file's name.
  public var description: String {
    switch self {
    case .truncated(let expected, let found):
      "the file ends after \(found) bytes, expected at least \(expected); it is cut short, or it is not a model file"
    case .headerLength(let length):
      "the header's length at byte 0 is \(length), expected 2 to \(Safetensors.mostHeaderBytes); is this a model file?"
    case .header(let error):
      "the header at byte 8 is not JSON: \(error)"
    case .entry(let name, let expected):
      name.isEmpty ? "the header is not \(expected)" : "\"\(name)\" in the header is not \(expected)"
    case .type(let name, let found):
      "tensor \(name) is of type \(found), expected F32"
    case .offsets(let name, let expected, let found):
      "tensor \(name) has the offsets \(found), expected [\(expected.lowerBound), \(expected.upperBound)]"
    case .dataLength(let expected, let found):
      "the data section has \(found) bytes, expected \(expected) as the header says; the file is "
        + (found < expected ? "cut short or damaged" : "longer than it should be")
    }
  }
}
