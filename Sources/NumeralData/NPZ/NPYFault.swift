/// What can be wrong in an array that NumPy saved, or in a set of them.
public enum NPYFault: Error, Equatable {
  /// The bytes that every saved array starts with are not there.
  case magic
  /// The header cannot be understood.
  case header(String)
  /// Numbers of a type that is not read.
  case type(String, expected: String)
  /// The last axis changes slowest.
  case fortranOrder
  /// Another number of axes than a picture or a label has.
  case shape([Int], expected: String)
  /// The array is not as long as its header says.
  case length(found: Int, expected: Int)
  /// A label that is no digit.
  case label(place: Int, found: Int)
  /// Not one label for each picture.
  case labelCount(found: Int, expected: Int)
  /// Test pictures of another size than the training pictures.
  case testShape(found: String, expected: String)
  /// The arrays have other names.
  case names(found: [String])
  /// One of two arrays that belong together is not there.
  case noCompanion(expected: String)
}

extension NPYFault: CustomStringConvertible {
  /// The sentence that follows the file's and the array's name.
  public var description: String {
    switch self {
    case .magic: return "is no NumPy array, expected it to start with \\x93NUMPY; save it with numpy.savez"
    case .header(let what): return "its header \(what); save it again with numpy.savez"
    case .type(let found, let expected):
      return "its numbers are \(NPYFault.typeName(found)), expected \(expected); "
        + "convert the array with .astype('uint8') before it is saved"
    case .fortranOrder:
      return "is in Fortran order, expected C order; save numpy.ascontiguousarray of it"
    case .shape(let found, let expected):
      return "its shape is (\(found.map { String($0) }.joined(separator: ", "))), expected \(expected)"
    case .length(let found, let expected):
      return "has \(found) bytes of numbers, expected \(expected) as its header says; get the file again"
    case .label(let place, let found):
      return "label \(place) is \(found), expected 0 to 9; only sets of ten classes can be read"
    case .labelCount(let found, let expected):
      return "there are \(found) labels, expected \(expected) as there are pictures"
    case .testShape(let found, let expected):
      return "its pictures are \(found), expected \(expected) as those of x_train"
    case .names(let found):
      let list = found.isEmpty ? "nothing" : found.prefix(8).joined(separator: ", ") + (found.count > 8 ? ", …" : "")
      return "holds \(list), expected x_train and y_train with or without x_test and y_test, or images with or without "
        + "labels; save them under these names"
    case .noCompanion(let expected): return "has no \(expected) beside it; save both in one file"
    }
  }

  /// The name of a type that NumPy writes as a letter and a width: `float32` for `<f4`.
  private static func typeName(_ code: String) -> String {
    let letters = code.drop { "<>|=".contains($0) }
    guard let letter = letters.first, let width = Int(letters.dropFirst()) else { return "of the type \(code)" }
    let order = code.hasPrefix(">") && width > 1 ? ", big-endian" : ""
    switch letter {
    case "f": return "float\(8 * width)\(order)"
    case "i": return "int\(8 * width)\(order)"
    case "u": return "uint\(8 * width)\(order)"
    case "c": return "complex\(8 * width)\(order)"
    case "b": return "bool"
    case "O": return "Python objects"
    case "S", "U": return "text"
    default: return "of the type \(code)"
    }
  }
}
