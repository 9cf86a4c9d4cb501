public import Numeral

/// Why models cannot be averaged.
public enum ModelEnsembleError: Error, Equatable, CustomStringConvertible {
  /// One of them cannot be read.
  case model(ModelError)
  /// A network that cannot be averaged with the first.
  case misfit(String, first: String, EnsembleError)
  /// The names of the classes differ from those of the first model.
  case classNames(String, expected: [String], found: [String], first: String)
  /// The images, or their distortions, are refused.
  case ensemble(EnsembleError)

  /// One sentence: which model, expected, found, what to do.
  public var description: String {
    switch self {
    case .model(let error): error.description
    case .misfit(let name, let first, .input(_, let expected, let found)):
      "\(name): the model reads \(found) images, expected \(expected) as \(first) does; "
        + "only models that read the same images can be averaged"
    case .misfit(let name, let first, .classes(_, let expected, let found)):
      "\(name): the model has \(found) classes, expected \(expected) as \(first) has; "
        + "only models of the same classes can be averaged"
    case .misfit(let name, let first, .pixelScale(_, let expected, let found)):
      "\(name): the model takes pixels on the scale \(found.rawValue), expected \(expected.rawValue) as \(first) does; "
        + "only models of the same scale can be averaged"
    case .classNames(let name, let expected, let found, let first):
      "\(name): the classes of the model are \(found.joined(separator: " ")), expected "
        + "\(expected.joined(separator: " ")) as in \(first); only models of the same classes can be averaged"
    case .misfit(_, _, let error), .ensemble(let error): error.description
    }
  }
}
