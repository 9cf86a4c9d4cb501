import NumeralFiles

/// Why a dataset cannot be written.
public enum WritingError: Error, Equatable {
  /// Something is there already.
  case exists(path: String)
  /// A folder that may not be replaced, since it holds other things too.
  case foreignFolder(path: String, found: String)
  /// A file stands where a folder has to be, or a folder where a file has to be.
  case otherKind(path: String, isFolder: Bool)
  /// One file cannot hold both parts in this format.
  case twoParts(path: String, name: String)
  /// The format needs labels.
  case unlabeled(format: DatasetFormat)
  /// The format takes square pictures only.
  case notSquare(shape: String)
  /// The pictures are no grey pictures.
  case shape(String)
  /// IDX files hold labels of ten classes.
  case classes(found: Int)
  /// 8×8 pictures in a table have pixels of 0 to 16; these have others.
  case range(maximum: Int)
  /// The system refuses.
  case failed(path: String, reason: String)
}

extension WritingError {
  /// What a dataset's writer says of a failure of the file system.
  init(_ error: FileError) {
    switch error {
    case .isFolder(let path): self = .otherKind(path: path, isFolder: true)
    case .isFile(let path): self = .otherKind(path: path, isFolder: false)
    case .cannotCreate(let path, let reason), .cannotWrite(let path, let reason):
      self = .failed(path: path, reason: reason)
    }
  }
}

extension WritingError: CustomStringConvertible {
  /// One sentence: where, what is wrong, what to do.
  public var description: String {
    switch self {
    case .exists(let path):
      return "\(path): exists already, and may not be replaced"
    case .foreignFolder(let path, let found):
      return "\(path): the folder holds \(found), which is no part of a dataset, so it is not replaced; "
        + "choose another name or remove it yourself"
    case .otherKind(let path, true):
      return "\(path): is a folder, expected the name of a file; choose another name"
    case .otherKind(let path, false):
      return "\(path): is a file, expected the name of a folder; choose another name"
    case .twoParts(let path, let name):
      return "\(path): \(name) has a training and a test part, and a table holds one"
    case .unlabeled(let format):
      return "the pictures have no labels, expected one each for \(format.rawValue)"
    case .notSquare(let shape):
      return "the pictures are \(shape), expected square ones for csv"
    case .shape(let shape):
      return "the pictures are \(shape), expected pictures with one plane"
    case .classes(let found):
      return "there are \(found) classes, expected at most 10 for this format"
    case .range(let maximum):
      return "the pictures are 8×8 with pixels of 0 to \(maximum), and in a table 8×8 means 0 to 16"
    case .failed(let path, let reason):
      return "\(path): cannot be written (\(reason)); nothing was left behind"
    }
  }
}
