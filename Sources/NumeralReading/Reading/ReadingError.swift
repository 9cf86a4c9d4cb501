public import Numeral

/// Why a reader cannot read any image.
public enum ReadingError: Error, Equatable, Sendable {
  /// The class names do not fit the network.
  case classNames(DatasetError)
  /// The network refuses images of this shape.
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
