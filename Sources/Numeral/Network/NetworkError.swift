/// Why a network cannot be built, trained or fed.
public enum NetworkError: Error, Equatable {
  /// No layer at all.
  case noLayers
  /// An input without numbers, or more than fit.
  case input(Shape)
  /// A layer with no unit, or more than fit.
  case units(layer: Int, found: Int)
  /// A slope of leaky ReLU outside 0 ..< 1.
  case slope(layer: Int, found: Float)
  /// The last layer applies an activation although its outputs are logits.
  case outputActivation(layer: Int, found: Activation)
  /// Weights drawn from a distribution that has NaN, infinite or no numbers.
  case initializer(layer: Int, found: String)
  /// More parameters than fit into memory.
  case parameters(found: Int)
  /// Fewer than two classes, or more than labels can name.
  case classes(found: Int)
  /// A tensor of another size than the layer's.
  case tensor(name: String, expected: Int, found: Int)
  /// A parameter that is NaN or infinite.
  case notFinite(tensor: String)
  /// Pictures of another shape than the network's input.
  case pictures(expected: Shape, found: Shape)
  /// A label set of another size than the network's output.
  case classCount(expected: Int, found: Int)

  /// The most units of a layer and numbers of an input.
  static let mostUnits = 1 << 20
  /// The most parameters of a network: a gigabyte of them.
  static let mostParameters = 1 << 28
}

extension NetworkError: CustomStringConvertible {
  /// One sentence: the layer, what was expected, what was found.
  public var description: String {
    switch self {
    case .noLayers:
      "the network has no layers, expected at least one; end with Dense(classes)"
    case .input(let shape):
      "the network's input is \(shape), expected 1 to \(NetworkError.mostUnits) numbers"
    case .units(let layer, let found):
      "layer \(layer) (dense) has \(found) units, expected 1 to \(NetworkError.mostUnits)"
    case .slope(let layer, let found):
      "layer \(layer) (dense) has a leaky ReLU of slope \(found), expected 0 or more and less than 1"
    case .outputActivation(let layer, let found):
      "layer \(layer), the last, applies \(found.name), expected identity: softmax follows it and is part of the loss"
    case .initializer(let layer, let found):
      "layer \(layer) (dense) draws its weights from \(found), expected finite numbers and no negative deviation"
    case .parameters(let found):
      "the network has \(found) parameters, expected at most \(NetworkError.mostParameters); make its layers narrower"
    case .classes(let found):
      "the network ends with \(found) outputs, expected 2 to 256, one for each class"
    case .tensor(let name, let expected, let found):
      "tensor \(name) has \(found) numbers, expected \(expected)"
    case .notFinite(let tensor):
      "tensor \(tensor) holds NaN or infinity, expected finite numbers"
    case .pictures(let expected, let found):
      "the network takes pictures of \(expected), found \(found)"
    case .classCount(let expected, let found):
      "the network tells \(expected) classes apart, the pictures have \(found)"
    }
  }
}
