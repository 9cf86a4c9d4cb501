/// Why networks cannot be read as one.
public enum EnsembleError: Error, Equatable {
  /// No networks.
  case noNetworks
  /// A network, counted from 0, whose input shape differs from that of network 0.
  case input(network: Int, expected: Shape, found: Shape)
  /// A network whose number of classes differs from that of network 0.
  case classes(network: Int, expected: Int, found: Int)
  /// A network whose pixel scale differs from that of network 0.
  case pixelScale(network: Int, expected: PixelScale, found: PixelScale)
  /// A number of distorted copies below 0, or too many.
  case copies(Int)
  /// Copies that cannot be made.
  case augmentation(AugmentationError)
  /// Images that do not fit the networks.
  case network(NetworkError)
}

extension EnsembleError: CustomStringConvertible {
  /// One sentence: what is wrong and what was expected.
  public var description: String {
    switch self {
    case .noNetworks:
      "the ensemble has no networks, expected at least one"
    case .input(let network, let expected, let found):
      "network \(network) of the ensemble takes images of \(found), expected \(expected) as network 0 does"
    case .classes(let network, let expected, let found):
      "network \(network) of the ensemble tells \(found) classes apart, expected \(expected) as network 0 does"
    case .pixelScale(let network, let expected, let found):
      "network \(network) of the ensemble takes pixels on the scale \(found.rawValue), expected \(expected.rawValue) "
        + "as network 0 does"
    case .copies(let count):
      "the number of distorted copies is \(count), expected 0 to \(TestTimeAugmentation.mostCopies)"
    case .augmentation(let error): error.description
    case .network(let error): error.description
    }
  }
}
