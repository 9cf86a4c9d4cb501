/// What can be wrong in a PNG picture of a set.
public enum PNGFault: Error, Equatable {
  /// The file does not start as PNG does.
  case signature(start: [UInt8])
  /// The file ends too early.
  case cut(length: Int)
  /// A part is not what its sum says, or not in its place.
  case damaged(chunk: String)
  /// Something that a picture of a grey set does not have.
  case unsupported(String)
  /// No pixels, or far too many.
  case size(width: Int, height: Int, most: Int)
}

extension PNGFault: CustomStringConvertible {
  /// The sentence that follows the file's name.
  public var description: String {
    switch self {
    case .signature(let start):
      let bytes = start.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
      return "the file starts with \(bytes.isEmpty ? "nothing" : "the bytes \(bytes)"), expected a PNG picture"
    case .cut(let length):
      return "the picture ends at byte \(length) before its end mark; it is cut short, get it again"
    case .damaged(let chunk):
      return "the part \(chunk) of the picture is damaged; get it again"
    case .unsupported(let what):
      return "the picture has \(what), expected 8-bit grey, not interlaced; convert it first"
    case .size(let width, let height, let most):
      return "the picture is \(width) wide and \(height) high, expected 1 to \(most) pixels a side"
    }
  }
}
