/// What can be wrong inside an IDX file.
public enum IDXFault: Error, Equatable {
  /// The file ends before its header does.
  case header(length: Int, expected: Int)
  /// The four bytes that say what the file holds say something else.
  case magic(found: Int, expected: Int)
  /// An extent of zero, or one that no picture has.
  case dimension(name: String, offset: Int, found: Int, most: Int)
  /// The file is not as long as its header says.
  case length(found: Int, expected: Int, contents: String)
  /// A label that is no digit.
  case label(offset: Int, found: Int)
  /// Not one label for each picture.
  case labelCount(found: Int, expected: Int, imagesFile: String)
  /// Pictures of another size than those of the training part.
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
      return "the number of \(name) at byte \(offset) is \(found), expected 1 to \(most); is this an IDX file?"
    case .length(let found, let expected, let contents):
      let advice = found < expected ? "it is cut short, get it again" : "the header and the contents disagree"
      return "the file is \(found) bytes long, expected \(expected) for \(contents); \(advice)"
    case .label(let offset, let found):
      return "the label at byte \(offset) is \(found), expected 0 to 9; only sets of ten classes can be read"
    case .labelCount(let found, let expected, let file):
      return "there are \(found) labels, expected \(expected) as there are pictures in \(file); "
        + "do both files belong together?"
    case .shape(let found, let expected, let file):
      return "the pictures are \(found), expected \(expected) as in \(file); do both files belong together?"
    }
  }

  /// What a magic number other than the expected one says about a file: two zeros, the type, the number of dimensions.
  private static func hint(_ found: Int, expected: Int) -> String {
    let types = [
      0x08: "bytes", 0x09: "signed bytes", 0x0B: "16-bit integers", 0x0C: "32-bit integers",
      0x0D: "32-bit floats", 0x0E: "64-bit floats",
    ]
    if found == IDXFile.labelsMagic { return "this looks like a label file" }
    if found == IDXFile.imagesMagic { return "this looks like an image file" }
    let (type, dimensions) = (found >> 8, found & 0xFF)
    guard let name = types[type], (1...8).contains(dimensions) else { return "this is no IDX file" }
    guard type == 0x08 else { return "the numbers are \(name), only bytes can be read" }
    return "the numbers have \(dimensions) dimensions, expected \(expected & 0xFF)"
  }
}
