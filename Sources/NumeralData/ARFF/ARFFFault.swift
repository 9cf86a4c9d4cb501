/// What can be wrong in the declarations of an ARFF file; lines count from 1.
public enum ARFFFault: Error, Equatable {
  /// A line before the data that starts with an unknown keyword.
  case declaration(line: Int, found: String)
  /// A declaration without a name, or with a quote that is not closed.
  case attribute(line: Int)
  /// More attributes than an image has pixels.
  case tooManyAttributes(line: Int, most: Int)
  /// A pixel attribute whose type is not numeric.
  case pixelType(line: Int, name: String, found: String)
  /// A label attribute whose values are not digits.
  case labelType(line: Int, name: String, found: String)
  /// There is no attribute before the data.
  case noAttributes
  /// The file ends before its data starts.
  case noData
}

extension ARFFFault: CustomStringConvertible {
  /// The sentence that follows the file's name.
  public var description: String {
    switch self {
    case .declaration(let line, let found):
      "line \(line) starts with \"\(found)\", expected @relation, @attribute or @data; correct the line or remove it"
    case .attribute(let line):
      "line \(line) declares no attribute, expected @attribute, a name and a type; check that every quote is closed"
    case .tooManyAttributes(let line, let most):
      "line \(line) declares one attribute too many, expected at most \(most); check that the file holds images"
    case .pixelType(let line, let name, let found):
      "line \(line): attribute \(name) is \(found), expected numeric, "
        + "because every attribute except the label is a pixel"
    case .labelType(let line, let name, let found):
      "line \(line): label \(name) is \(found), expected numeric or {0,1,2,3,4,5,6,7,8,9}; "
        + "only sets of ten classes can be read"
    case .noAttributes:
      "there is no @attribute before @data, expected one for every column; get the file again"
    case .noData:
      "the file ends without @data, expected rows after it; it is cut short, get it again"
    }
  }
}
