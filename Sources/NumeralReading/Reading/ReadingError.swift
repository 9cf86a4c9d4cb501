public import Numeral

/// Why a reader cannot read, whatever the image.
public enum ReadingError: Error, Equatable, Sendable {
  /// The class names are not fit for a set of images.
  case classNames(DatasetError)
  /// The network refuses the images.
  case network(NetworkError)
}

extension ReadingError: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .classNames(let error): "the reader's class names do not fit: \(error)"
    case .network(let error): error.description
    }
  }
}
