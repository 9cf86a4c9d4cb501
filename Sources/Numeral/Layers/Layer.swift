/// One layer of a network: a description, without weights.
///
/// It holds a description of a concrete class: ``Dense``, ``Convolution`` and so on. Two layers are equal if their kind
/// and all their settings are equal.
///
/// ```swift
/// let layers = [Layer(Dense(128, activation: .relu)), Layer(Dense(10))]
/// ```
public struct Layer: Sendable, Hashable {
  let description: any LayerDescription

  init(description: any LayerDescription) { self.description = description }

  /// The layer of a description.
  public init(_ source: some LayerConvertible) { self = source.layer }

  /// Every kind of layer, in the order of the help text. A new kind adds one line here.
  public static let kinds: [LayerKind] = [
    Convolution.kind,
    DepthwiseConvolution.kind,
    Pooling.kind,
    BatchNormalization.kind,
    LayerNormalization.kind,
    Dropout.kind,
    Dense.kind,
    Flatten.kind,
    Residual.kind,
  ]

  /// The name of its kind, as in model files: `dense`, `convolution`, and so on.
  public var kind: String { description.kind.name }

  /// All its settings by name, in the order of model files.
  public var settings: LayerSettings { description.settings }

  /// The activation applied to the layer's outputs.
  public var activation: Activation { description.activation }

  /// One line about the layer: its kind and its settings.
  public var summary: String { description.summary }

  /// The layers inside this one: those of a residual layer's branch.
  public var branch: [Layer] { description.branch }

  /// The shape of the outputs and the tensors for a given input. A residual layer lists its own tensors only, not those
  /// of its branch.
  ///
  /// - Throws: ``NetworkError`` if such a layer cannot follow such an input.
  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    try description.form(for: input, at: index)
  }

  /// True if kind and settings are equal.
  public static func == (a: Layer, b: Layer) -> Bool { a.kind == b.kind && a.settings == b.settings }

  /// Hashes kind and settings.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(settings)
  }
}

/// A type that describes a layer.
public protocol LayerConvertible: AnyObject {
  /// The layer.
  var layer: Layer { get }
}

/// Collects the layers of a network in the order in which they are written.
@resultBuilder public enum LayerBuilder {
  /// A layer of any kind.
  public static func buildExpression(_ layer: some LayerConvertible) -> [Layer] { [layer.layer] }
  /// Layers in an array.
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
