/// What can be wrong in a PNG image of a set.
public enum PNGFault: Error, Equatable {
  /// The file does not start as a PNG file does.
  case signature(start: [UInt8])
  /// The file ends too early.
  case cut(length: Int)
  /// A chunk does not match its checksum, or is in the wrong place.
  case damaged(chunk: String)
  /// A feature that is not read, such as colour or transparency.
  case unsupported(String)
  /// The image has no pixels, or too many.
  case size(width: Int, height: Int, most: Int)
}

extension PNGFault: CustomStringConvertible {
  /// The sentence that follows the file's name.
  public var description: String {
    switch self {
    case .signature(let start):
      let bytes = start.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
      return "the file starts with \(bytes.isEmpty ? "nothing" : "the bytes \(bytes)"), expected a PNG image"
    case .cut(let length):
      return "the image ends at byte \(length) before its end mark; it is cut short, get it again"
    case .damaged(let chunk):
      return "the chunk \(chunk) of the image is damaged; get it again"
    case .unsupported(let what):
      return "the image has \(what), expected 8-bit grey without interlacing; convert the image"
    case .size(let width, let height, let most):
      return "the image is \(width) wide and \(height) high, expected 1 to \(most) pixels a side; resize the image"
    }
  }
}
