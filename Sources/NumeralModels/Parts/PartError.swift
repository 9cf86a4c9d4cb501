public import Numeral
public import NumeralData

/// Why the images of a part cannot be loaded, or a model cannot read them.
public enum PartError: Error, Equatable {
  /// It is not known where the data is; `dataset` is its name.
  case noSource(run: String, dataset: String?)
  /// The data cannot be read.
  case data(DataError)
  /// The data cannot be read where it was when the run was trained.
  case moved(run: String, DataError)
  /// A part of data that the model was not trained on.
  case unrecorded(source: String, part: PartName, reason: String)
  /// A part that the run did not set aside.
  case notSetAside(source: String, part: PartName)
  /// The data cannot be divided, or has no labels.
  case images(source: String, DatasetError)
  /// Images of another shape than the model reads.
  case shape(source: String, expected: Shape, found: Shape)
  /// Images of more classes than the model knows.
  case classes(source: String, expected: Int, found: Int)
  /// There is no model.
  case model(ModelError)
  /// The network refuses the images.
  case network(NetworkError)
  /// The models do not go together, or the images cannot be distorted.
  case ensemble(ModelEnsembleError)
}

extension PartError: CustomStringConvertible {
  /// One sentence: what, expected, found, what to do.
  public var description: String {
    switch self {
    case .noSource(let run, nil):
      "\(run): the model does not say what it was trained on"
    case .noSource(let run, let dataset?):
      "\(run): the model was trained on \(dataset), a file or folder that is not a named dataset"
    case .data(let error): error.description
    case .moved(let run, let error):
      "\(run): the data that it was trained on cannot be read any more (\(error))"
    case .unrecorded(let source, let part, let reason):
      "\(source): \(reason), so it has no \(part.rawValue) part"
    case .notSetAside(let source, let part):
      "\(source): the run has no \(part.rawValue) part"
    case .images(let source, let error): "\(source): \(error)"
    case .shape(let source, let expected, let found):
      "\(source): the images are \(found), expected \(expected), the input of the model"
    case .classes(let source, let expected, let found):
      "\(source): the images have \(found) classes, expected at most the \(expected) of the model"
    case .model(let error): error.description
    case .network(let error): error.description
    case .ensemble(let error): error.description
    }
  }
}
