/// What can be wrong with folders of images.
public enum ClassFolderFault: Error, Equatable {
  /// There are no class folders.
  case noClasses
  /// There are more classes than a label can distinguish.
  case tooManyClasses(found: Int)
  /// The class folders are empty.
  case noImages
  /// A file in a class folder is not a PNG image.
  case notPNG
  /// Images of different sizes.
  case shape(found: String, expected: String, first: String)
  /// The classes of the test part differ from those of the training part.
  case otherClasses(found: [String], expected: [String])
}

extension ClassFolderFault: CustomStringConvertible {
  /// The sentence that follows the path.
  public var description: String {
    switch self {
    case .noClasses: return "the folder holds no class folders, expected one for each class, with PNG images in it"
    case .tooManyClasses(let found): return "the folder holds \(found) class folders, expected at most 256"
    case .noImages: return "the class folders are empty, expected PNG images in them"
    case .notPNG:
      return "the name does not end in .png, but a class folder may hold PNG images only; move the file elsewhere"
    case .shape(let found, let expected, let first):
      return "the image is \(found), expected \(expected) as in \(first); make all images the same size"
    case .otherClasses(let found, let expected):
      return "the classes are \(found.joined(separator: ", ")), "
        + "expected the classes of train: \(expected.joined(separator: ", "))"
    }
  }
}
