/// What can be wrong in an array that NumPy saved, or in a set of arrays.
public enum NPYFault: Error, Equatable {
  /// The file does not start as a saved array does.
  case magic
  /// The header cannot be understood.
  case header(String)
  /// Numbers of a type that cannot be read.
  case type(String, expected: String)
  /// The array is in Fortran order: its first axis changes fastest.
  case fortranOrder
  /// The number of axes is wrong for images or labels.
  case shape([Int], expected: String)
  /// The length of the array differs from what its header says.
  case length(found: Int, expected: Int)
  /// A label that is not a digit.
  case label(place: Int, found: Int)
  /// The number of labels differs from the number of images.
  case labelCount(found: Int, expected: Int)
  /// The size of the test images differs from that of the training images.
  case testShape(found: String, expected: String)
  /// The arrays have other names.
  case names(found: [String])
  /// One of two arrays that belong together is missing.
  case noCompanion(expected: String)
}

extension NPYFault: CustomStringConvertible {
  /// The sentence that follows the names of the file and the array.
  public var description: String {
    switch self {
    case .magic: return "this is not a NumPy array, expected \\x93NUMPY at its start; save it with numpy.savez"
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
      return "there are \(found) labels, expected \(expected), one for each image"
    case .testShape(let found, let expected):
      return "its images are \(found), expected \(expected) as those of x_train"
    case .names(let found):
      let list = found.isEmpty ? "nothing" : found.prefix(8).joined(separator: ", ") + (found.count > 8 ? ", …" : "")
      return "holds \(list), expected x_train and y_train with or without x_test and y_test, or images with or without "
        + "labels; save them under these names"
    case .noCompanion(let expected): return "has no \(expected) beside it; save both in one file"
    }
  }

  /// Returns the name of a type that NumPy writes as a letter and a width: `float32` for `<f4`.
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
