/// One layer of a network: a description, without weights.
///
/// The place where kinds of layers are told apart. A new kind is a file of its own and a row in each switch here.
public enum Layer: Sendable, Hashable {
  /// Every output a weighted sum of every input.
  case dense(Dense)
  /// The same window of weights at every position of a picture.
  case convolution(Convolution)
  /// One number of each window.
  case pooling(Pooling)
  /// A picture as a list of features.
  case flatten(Flatten)
  /// Some inputs left out while training.
  case dropout(Dropout)
  /// Normalised over the batch.
  case batchNormalization(BatchNormalization)
  /// Normalised over a sample's features.
  case layerNormalization(LayerNormalization)
  /// What comes of some layers, added to what they were given.
  case residual(Residual)

  /// The shape of the outputs and the tensors for a given input; the branch of a residual layer has none of its own here.
  ///
  /// - Throws: ``NetworkError`` if such a layer cannot follow such an input.
  func form(for input: Shape, at index: Int, branchOutput: Shape? = nil) throws(NetworkError) -> LayerForm {
    switch self {
    case .dense(let layer): try layer.form(for: input, at: index)
    case .convolution(let layer): try layer.form(for: input, at: index)
    case .pooling(let layer): try layer.form(for: input, at: index)
    case .flatten(let layer): try layer.form(for: input, at: index)
    case .dropout(let layer): try layer.form(for: input, at: index)
    case .batchNormalization(let layer): try layer.form(for: input, at: index)
    case .layerNormalization(let layer): try layer.form(for: input, at: index)
    case .residual(let layer): try layer.form(for: input, at: index, branchOutput: branchOutput ?? input)
    }
  }

  /// The activation applied to the layer's outputs.
  public var activation: Activation {
    switch self {
    case .dense(let layer): layer.activation
    case .convolution(let layer): layer.activation
    case .batchNormalization(let layer): layer.activation
    case .layerNormalization(let layer): layer.activation
    case .residual(let layer): layer.activation
    case .pooling, .flatten, .dropout: .identity
    }
  }

  /// One line about the layer: its kind and what is particular to it.
  public var summary: String {
    switch self {
    case .dense(let layer): layer.summary
    case .convolution(let layer): layer.summary
    case .pooling(let layer): layer.summary
    case .flatten(let layer): layer.summary
    case .dropout(let layer): layer.summary
    case .batchNormalization(let layer): layer.summary
    case .layerNormalization(let layer): layer.summary
    case .residual(let layer): layer.summary
    }
  }

  /// The layers inside this one.
  public var branch: [Layer] {
    if case .residual(let layer) = self { layer.branch } else { [] }
  }
}

/// Collects the layers of a network as they are written, top to bottom.
@resultBuilder public enum LayerBuilder {
  /// A dense layer.
  public static func buildExpression(_ layer: Dense) -> [Layer] { [.dense(layer)] }
  /// A convolution.
  public static func buildExpression(_ layer: Convolution) -> [Layer] { [.convolution(layer)] }
  /// A pooling layer.
  public static func buildExpression(_ layer: Pooling) -> [Layer] { [.pooling(layer)] }
  /// A flattening layer.
  public static func buildExpression(_ layer: Flatten) -> [Layer] { [.flatten(layer)] }
  /// A dropout layer.
  public static func buildExpression(_ layer: Dropout) -> [Layer] { [.dropout(layer)] }
  /// Batch normalisation.
  public static func buildExpression(_ layer: BatchNormalization) -> [Layer] { [.batchNormalization(layer)] }
  /// Layer normalisation.
  public static func buildExpression(_ layer: LayerNormalization) -> [Layer] { [.layerNormalization(layer)] }
  /// A residual layer.
  public static func buildExpression(_ layer: Residual) -> [Layer] { [.residual(layer)] }
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
