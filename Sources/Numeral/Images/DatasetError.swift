/// What can be wrong with images and labels, or with a request for some of them.
public enum DatasetError: Error, Equatable {
  /// An image without pixels.
  case emptyShape(Shape)
  /// The number of bytes is not a whole number of images.
  case pixelCount(expectedMultipleOf: Int, found: Int)
  /// More images than can be numbered.
  case tooMany(found: Int, most: Int)
  /// The number of labels is not the number of images.
  case labelCount(expected: Int, found: Int)
  /// No classes, or more than a byte can name.
  case classCount(found: Int)
  /// A pixel range of zero width.
  case pixelMaximum
  /// A label that names no class.
  case label(found: Int, place: Int, classes: Int)
  /// A pixel above the range of its format.
  case pixel(found: Int, image: Int, pixel: Int, most: Int)
  /// A request that needs labels, although there are none.
  case unlabeled
  /// A part that takes nothing, or all images or more.
  case partSize(asked: Int, of: Int)
  /// A draw of more images than there are, or of none.
  case drawSize(asked: Int, of: Int)
  /// A draw of no image for each class.
  case perClass(asked: Int)
  /// A fraction outside (0, 1).
  case fraction(Double)
  /// A draw of more images of a class than there are.
  case tooFewOfClass(name: String, asked: Int, found: Int)
}

extension DatasetError: CustomStringConvertible {
  /// One sentence: what is wrong, what was expected, what was found, what to do.
  public var description: String {
    switch self {
    case .emptyShape(let shape):
      "images are \(shape), expected at least one pixel each"
    case .pixelCount(let multiple, let found):
      "there are \(found) pixel bytes, expected a multiple of \(multiple), the pixels of one image"
    case .tooMany(let found, let most):
      "there are \(found) images, expected at most \(most)"
    case .labelCount(let expected, let found):
      "there are \(found) labels for \(expected) images, expected one each; do both files belong together?"
    case .classCount(let found):
      "there are \(found) classes, expected 1 to 256"
    case .pixelMaximum:
      "the largest pixel value is 0, expected 1 to 255"
    case .label(let found, let place, let classes):
      "label \(found) of image \(place) names no class, expected 0 to \(classes - 1)"
    case .pixel(let found, let image, let pixel, let most):
      "pixel \(pixel) of image \(image) is \(found), expected 0 to \(most)"
    case .unlabeled:
      "the images have no labels, expected one each; training and evaluation need them"
    case .partSize(let asked, let of):
      "a part of \(asked) images was asked for, expected 1 to \(max(1, of - 1)) of the \(of) there are"
    case .drawSize(let asked, let of):
      "\(asked) images were asked for, expected 1 to the \(of) there are"
    case .perClass(let asked):
      "\(asked) images of each class were asked for, expected 1 or more"
    case .fraction(let value):
      "the fraction is \(value), expected a number above 0 and below 1"
    case .tooFewOfClass(let name, let asked, let found):
      "\(asked) images of class \(name) were asked for, found \(found); ask for at most \(found)"
    }
  }
}
