/// What can be wrong inside an IDX file.
public enum IDXFault: Error, Equatable {
  /// The file ends before its header does.
  case header(length: Int, expected: Int)
  /// The first four bytes do not name the expected contents.
  case magic(found: Int, expected: Int)
  /// A dimension that is zero or too large for an image.
  case dimension(name: String, offset: Int, found: Int, most: Int)
  /// The length of the file differs from what its header says.
  case length(found: Int, expected: Int, contents: String)
  /// A label that is not a digit.
  case label(offset: Int, found: Int)
  /// The number of labels differs from the number of images.
  case labelCount(found: Int, expected: Int, imagesFile: String)
  /// The size of the images differs from that of the training part.
  case shape(found: String, expected: String, trainingFile: String)
}

extension IDXFault: CustomStringConvertible {
  /// The sentence that follows the file's name.
  public var description: String {
    switch self {
    case .header(let length, let expected):
      return "the file ends at byte \(length), expected a header of \(expected) bytes; it is cut short, get it again"
    case .magic(let found, let expected):
      return "magic at byte 0 is \(found), expected \(expected); \(IDXFault.hint(found, expected: expected))"
    case .dimension(let name, let offset, let found, let most):
      return
        "the number of \(name) at byte \(offset) is \(found), expected 1 to \(most); check that this is an IDX file"
    case .length(let found, let expected, let contents):
      let advice =
        found < expected ? "it is cut short, get it again" : "the header does not match the contents, get it again"
      return "the file is \(found) bytes long, expected \(expected) for \(contents); \(advice)"
    case .label(let offset, let found):
      return "the label at byte \(offset) is \(found), expected 0 to 9; only sets of ten classes can be read"
    case .labelCount(let found, let expected, let file):
      return "there are \(found) labels, expected \(expected), one for each image in \(file); "
        + "check that both files belong together"
    case .shape(let found, let expected, let file):
      return "the images are \(found), expected \(expected) as in \(file); check that both files belong together"
    }
  }

  /// Describes a file by its unexpected magic number: two zero bytes, the type, the number of dimensions.
  private static func hint(_ found: Int, expected: Int) -> String {
    let types = [
      0x08: "bytes", 0x09: "signed bytes", 0x0B: "16-bit integers", 0x0C: "32-bit integers",
      0x0D: "32-bit floats", 0x0E: "64-bit floats",
    ]
    if found == IDXFile.labelsMagic { return "this looks like a label file" }
    if found == IDXFile.imagesMagic { return "this looks like an image file" }
    let (type, dimensions) = (found >> 8, found & 0xFF)
    guard let name = types[type], (1...8).contains(dimensions) else { return "this is not an IDX file" }
    guard type == 0x08 else { return "the numbers are \(name), only bytes can be read" }
    return "the numbers have \(dimensions) dimensions, expected \(expected & 0xFF)"
  }
}
