/// One layer of a network: a description, without weights.
///
/// The place where kinds of layers are told apart. A new kind is a file of its own and a row in each switch here.
public enum Layer: Sendable, Hashable {
  /// Every output a weighted sum of every input.
  case dense(Dense)

  /// The shape of a sample's outputs.
  ///
  /// - Throws: ``NetworkError`` if such a layer cannot follow such an input.
  func outputShape(for input: Shape, at index: Int) throws(NetworkError) -> Shape {
    switch self {
    case .dense(let dense):
      guard dense.outputs >= 1, dense.outputs <= NetworkError.mostUnits else {
        throw .units(layer: index, found: dense.outputs)
      }
      if case .leakyReLU(let slope) = dense.activation, !(slope >= 0 && slope < 1) {
        throw .slope(layer: index, found: slope)
      }
      guard dense.initializer.isSound else {
        throw .initializer(layer: index, found: dense.initializer.name)
      }
      return .features(dense.outputs)
    }
  }

  /// The trainable tensors of the layer, in the order in which they are stored.
  func tensors(for input: Shape) -> [(name: String, rows: Int, columns: Int)] {
    switch self {
    case .dense(let dense): [("weight", input.count, dense.outputs), ("bias", 1, dense.outputs)]
    }
  }

  /// The activation applied to the layer's outputs.
  public var activation: Activation {
    switch self {
    case .dense(let dense): dense.activation
    }
  }

  /// One line about the layer: its kind and what is particular to it.
  public var summary: String {
    switch self {
    case .dense(let dense):
      dense.activation == .identity ? "Dense \(dense.outputs)" : "Dense \(dense.outputs), \(dense.activation.name)"
    }
  }
}

/// Collects the layers of a network as they are written, top to bottom.
@resultBuilder public enum LayerBuilder {
  /// A dense layer.
  public static func buildExpression(_ dense: Dense) -> [Layer] { [.dense(dense)] }
  /// Layers made elsewhere.
  public static func buildExpression(_ layers: [Layer]) -> [Layer] { layers }
  /// Layers in sequence.
  public static func buildBlock(_ parts: [Layer]...) -> [Layer] { parts.flatMap { $0 } }
  /// Layers under a condition.
  public static func buildOptional(_ part: [Layer]?) -> [Layer] { part ?? [] }
  /// Layers of the first branch.
  public static func buildEither(first part: [Layer]) -> [Layer] { part }
  /// Layers of the second branch.
  public static func buildEither(second part: [Layer]) -> [Layer] { part }
  /// Layers made in a loop.
  public static func buildArray(_ parts: [[Layer]]) -> [Layer] { parts.flatMap { $0 } }
}
