/// What can be wrong with folders of pictures.
public enum ClassFolderFault: Error, Equatable {
  /// There is no folder of a class.
  case noClasses
  /// More classes than a label can count.
  case tooManyClasses(found: Int)
  /// The folders of the classes are empty.
  case noPictures
  /// A file among the pictures that is none.
  case notPNG
  /// Pictures of different sizes.
  case shape(found: String, expected: String, first: String)
  /// The test part has other classes.
  case otherClasses(found: [String], expected: [String])
}

extension ClassFolderFault: CustomStringConvertible {
  /// The sentence that follows the path.
  public var description: String {
    switch self {
    case .noClasses: return "the folder holds no folder of a class, expected one for each, with PNG pictures in it"
    case .tooManyClasses(let found): return "the folder holds \(found) folders of classes, expected at most 256"
    case .noPictures: return "the folders of the classes are empty, expected PNG pictures in them"
    case .notPNG: return "is no PNG picture by its name, expected only such in the folder of a class; move it away"
    case .shape(let found, let expected, let first):
      return "the picture is \(found), expected \(expected) as in \(first); make all pictures the same size"
    case .otherClasses(let found, let expected):
      return
        "the classes are \(found.joined(separator: ", ")), expected those of train: \(expected.joined(separator: ", "))"
    }
  }
}
