public import Numeral
public import NumeralData

/// Why a model file cannot be read.
public enum ModelError: Error, Equatable {
  /// The file itself cannot be read.
  case file(DataError)
  /// A folder without a model in it.
  case noModel(folder: String)
  /// The bytes are not a safetensors file, or a damaged one.
  case safetensors(path: String, SafetensorsFault)
  /// A text of the metadata is missing or not as we write it.
  case metadata(path: String, key: String, expected: String)
  /// The tensors do not fit the architecture.
  case tensors(path: String, expected: [String], found: [String])
  /// A tensor has another shape than the architecture says.
  case shape(path: String, tensor: String, expected: [Int], found: [Int])
  /// The architecture is impossible, or a weight is not finite.
  case network(path: String, NetworkError)

  /// True if there was nothing to read, rather than something wrong in it.
  public var isMissing: Bool {
    switch self {
    case .file(let error): error.kind == .noInput
    case .noModel: true
    default: false
    }
  }
}

extension ModelError: CustomStringConvertible {
  /// One sentence: file, place, expected, found, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .noModel(let folder):
      "\(folder): there is no \(Model.fileName) in this folder, expected the folder of a run or a model file"
    case .safetensors(let path, let fault): "\(path): \(fault)"
    case .metadata(let path, let key, let expected):
      "\(path): metadata \"\(key)\" is missing or not \(expected); was this file written by numeral?"
    case .tensors(let path, let expected, let found):
      "\(path): the tensors are \(found.joined(separator: ", ")), "
        + "expected \(expected.joined(separator: ", ")) as the architecture says"
    case .shape(let path, let tensor, let expected, let found):
      "\(path): tensor \(tensor) has the shape \(found), expected \(expected)"
    case .network(let path, let error): "\(path): \(error)"
    }
  }
}
