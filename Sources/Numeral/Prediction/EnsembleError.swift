/// Why networks cannot read as one.
public enum EnsembleError: Error, Equatable {
  /// No network at all.
  case noNetworks
  /// A network, counted from 0, that takes images of another shape than the first.
  case input(network: Int, expected: Shape, found: Shape)
  /// A network that tells another number of classes apart than the first.
  case classes(network: Int, expected: Int, found: Int)
  /// A network that makes other numbers of pixels than the first.
  case pixelScale(network: Int, expected: PixelScale, found: PixelScale)
  /// A number of distorted copies below 0, or too many.
  case copies(Int)
  /// Copies that cannot be made.
  case augmentation(AugmentationError)
  /// Images that the networks refuse.
  case network(NetworkError)
}

extension EnsembleError: CustomStringConvertible {
  /// One sentence: what is wrong, what was expected.
  public var description: String {
    switch self {
    case .noNetworks:
      "the ensemble has no networks, expected at least one"
    case .input(let network, let expected, let found):
      "network \(network) of the ensemble takes images of \(found), expected \(expected) as network 0 does"
    case .classes(let network, let expected, let found):
      "network \(network) of the ensemble tells \(found) classes apart, expected \(expected) as network 0 does"
    case .pixelScale(let network, let expected, let found):
      "network \(network) of the ensemble takes pixels on the scale \(found.rawValue), expected \(expected.rawValue) as "
        + "network 0 does"
    case .copies(let count):
      "the number of distorted copies is \(count), expected 0 to \(TestTimeAugmentation.mostCopies)"
    case .augmentation(let error): error.description
    case .network(let error): error.description
    }
  }
}
