/// Why a network cannot be built, trained or fed.
public enum NetworkError: Error, Equatable {
  /// No layer at all.
  case noLayers
  /// An input without numbers, or with too many.
  case input(Shape)
  /// A layer without units, or with too many.
  case units(layer: Int, found: Int)
  /// A setting of a layer that is out of its range.
  case setting(layer: Int, kind: String, name: String, found: String, expected: String)
  /// A window larger than what it slides over.
  case window(layer: Int, kind: String, size: Int, input: Shape, padding: Int)
  /// A layer that works on images after one that gives features.
  case needsImage(layer: Int, kind: String, found: Shape)
  /// A layer that works on features after one that gives images.
  case needsFeatures(layer: Int, kind: String, found: Shape)
  /// A residual layer without a branch.
  case emptyBranch(layer: Int)
  /// A branch whose result cannot be added to what it was given.
  case branch(layer: Int, expected: Shape, found: Shape)
  /// A slope of leaky ReLU outside 0 ..< 1.
  case slope(layer: Int, found: Float)
  /// The last layer applies an activation although its outputs are logits.
  case outputActivation(layer: Int, found: Activation)
  /// Weights drawn from a distribution with NaN or infinite numbers, or with none.
  case initializer(layer: Int, found: String)
  /// More parameters than allowed.
  case parameters(found: Int)
  /// Fewer than two classes, or more than labels can name.
  case classes(found: Int)
  /// A tensor of another size than the layer's.
  case tensor(name: String, expected: Int, found: Int)
  /// A parameter that is NaN or infinite.
  case notFinite(tensor: String)
  /// Images of another shape than the network's input.
  case images(expected: Shape, found: Shape)
  /// Images with another number of classes than the network has outputs.
  case classCount(expected: Int, found: Int)

  /// The largest number of units of a layer, and of numbers of an input.
  static let mostUnits = 1 << 20
  /// The largest number of parameters: one gigabyte.
  static let mostParameters = 1 << 28
}

extension NetworkError: CustomStringConvertible {
  /// One sentence: which layer, what was expected, what was found.
  public var description: String {
    switch self {
    case .noLayers:
      "the network has no layers, expected at least one; end with Dense(classes)"
    case .input(let shape):
      "the network's input is \(shape), expected 1 to \(NetworkError.mostUnits) numbers"
    case .units(let layer, let found):
      "layer \(layer) has \(found) outputs, expected 1 to \(NetworkError.mostUnits)"
    case .setting(let layer, let kind, let name, let found, let expected):
      "layer \(layer) (\(kind)) has a \(name) of \(found), expected \(expected)"
    case .window(let layer, let kind, let size, let input, let padding):
      "layer \(layer) (\(kind)) has a window of \(size)×\(size) on \(input)"
        + (padding > 0 ? " with a padding of \(padding)" : "")
        + ", expected one that fits; make the window smaller, or leave "
        + "out a pooling layer before it"
    case .needsImage(let layer, let kind, let found):
      "layer \(layer) (\(kind)) is given \(found) features, expected an image; put it before Flatten and Dense"
    case .needsFeatures(let layer, let kind, let found):
      "layer \(layer) (\(kind)) is given an image of \(found), expected features; put Flatten() before it"
    case .emptyBranch(let layer):
      "layer \(layer) (residual) has no layers in its branch, expected at least one"
    case .branch(let layer, let expected, let found):
      "layer \(layer) (residual) has a branch that turns \(expected) into \(found), expected the shape of its input; pad its "
        + "convolutions and keep the number of channels"
    case .slope(let layer, let found):
      "layer \(layer) has a leaky ReLU of slope \(found), expected 0 or more and less than 1"
    case .outputActivation(let layer, let found):
      "layer \(layer), the last, applies \(found.name), expected identity: softmax follows it and is part of the loss"
    case .initializer(let layer, let found):
      "layer \(layer) draws its weights from \(found), expected finite numbers and a standard deviation of 0 or more"
    case .parameters(let found):
      "the network has \(found) parameters, expected at most \(NetworkError.mostParameters); make its layers narrower"
    case .classes(let found):
      "the network ends with \(found) outputs, expected 2 to 256, one for each class"
    case .tensor(let name, let expected, let found):
      "tensor \(name) has \(found) numbers, expected \(expected)"
    case .notFinite(let tensor):
      "tensor \(tensor) holds NaN or infinity, expected finite numbers"
    case .images(let expected, let found):
      "the network takes images of \(expected), found \(found)"
    case .classCount(let expected, let found):
      "the network tells \(expected) classes apart, the images have \(found)"
    }
  }
}
