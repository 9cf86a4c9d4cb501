public import Numeral
public import NumeralModels

/// Why two models cannot be compared.
public enum ComparisonError: Error, Equatable, CustomStringConvertible {
  /// One of them cannot be read.
  case model(ModelError)
  /// The images cannot be loaded, or a model cannot read them.
  case part(PartError)
  /// They read images of different shapes.
  case shapes(first: String, Shape, second: String, Shape)
  /// They know different classes.
  case classes(first: String, [String], second: String, [String])

  /// One sentence.
  public var description: String {
    switch self {
    case .model(let error): error.description
    case .part(let error): error.description
    case .shapes(let first, let one, let second, let other):
      "\(second): the model reads \(other) images, expected \(one) as \(first) does; "
        + "only models that read the same images can be compared"
    case .classes(let first, let one, let second, let other):
      "\(second): the classes of the model are \(other.joined(separator: " ")), expected "
        + "\(one.joined(separator: " ")) as in \(first); only models of the same classes can be compared"
    }
  }
}
