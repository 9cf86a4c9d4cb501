import NumeralFiles

/// Why a dataset cannot be written.
public enum WritingError: Error, Equatable {
  /// Something exists at the path.
  case exists(path: String)
  /// A folder that may not be replaced because it holds other files too.
  case foreignFolder(path: String, found: String)
  /// There is a file where a folder is needed, or a folder where a file is needed.
  case otherKind(path: String, isFolder: Bool)
  /// One file cannot hold both parts in this format.
  case twoParts(path: String, name: String)
  /// The format needs labels.
  case unlabeled(format: DatasetFormat)
  /// The format takes square images only.
  case notSquare(shape: String)
  /// The images have several channels.
  case shape(String)
  /// IDX files hold labels of ten classes.
  case classes(found: Int)
  /// Tables of 8×8 images have pixels of 0 to 16; these images have others.
  case range(maximum: Int)
  /// The system refuses to write.
  case failed(path: String, reason: String)
}

extension WritingError {
  /// Translates a failure of the file system.
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
      return "\(path): this exists already and may not be replaced"
    case .foreignFolder(let path, let found):
      return "\(path): the folder holds \(found), which is not part of a dataset, so the folder is not replaced; "
        + "choose another name or remove it yourself"
    case .otherKind(let path, true):
      return "\(path): this is a folder, expected the name of a file; choose another name"
    case .otherKind(let path, false):
      return "\(path): this is a file, expected the name of a folder; choose another name"
    case .twoParts(let path, let name):
      return "\(path): \(name) has a training and a test part, but a table file holds only one"
    case .unlabeled(let format):
      return "the images have no labels, expected one for each image, as \(format.rawValue) needs them"
    case .notSquare(let shape):
      return "the images are \(shape), expected square images for csv"
    case .shape(let shape):
      return "the images are \(shape), expected images with one channel; convert them to grey"
    case .classes(let found):
      return "there are \(found) classes, expected at most 10 for this format"
    case .range(let maximum):
      return "the images are 8×8 with pixels of 0 to \(maximum), expected 0 to 16, as a table of 8×8 images needs"
    case .failed(let path, let reason):
      return "\(path): cannot be written (\(reason)); nothing was left behind"
    }
  }
}
