/// Layers whose result is added to what they were given.
///
/// ```
/// y = f( x + branch(x) )
/// ```
///
/// Shapes: x, branch(x) and y are the same; building a network throws ``NetworkError`` if the branch gives another
/// shape than it takes, or is empty. Back, with δ = ∂loss/∂(sum): ∂loss/∂x = δ + what flows back through the branch
/// from δ, so that however deep the branch, δ also arrives untouched. Source: K. He et al., 2016, *Deep residual
/// learning for image recognition*, arXiv:1512.03385.
///
/// ```swift
/// Residual(activation: .relu) {
///   Convolution(32, kernel: 3, padding: 1, hasBias: false)
///   BatchNormalization()
/// }
/// ```
public final class Residual: LayerDescription, Sendable {
  /// The layers of the branch, first to last.
  public let branch: [Layer]
  /// The function applied to the sum.
  public let activation: Activation

  /// Describes the layer.
  ///
  /// - Parameters:
  ///   - activation: The function applied to the sum.
  ///   - branch: The layers of the branch, first to last.
  public convenience init(activation: Activation = .identity, @LayerBuilder branch: () -> [Layer]) {
    self.init(activation: activation, branch: branch())
  }

  /// Describes the layer from an array of layers.
  ///
  /// - Parameters:
  ///   - activation: The function applied to the sum.
  ///   - branch: The layers of the branch, first to last.
  public init(activation: Activation = .identity, branch: [Layer]) {
    self.branch = branch
    self.activation = activation
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { Residual.kind }

  static let kind = LayerKind("residual", settings: ["branch", "activation"], texts: []) {
    settings throws(LayerSettingError) in
    Residual(activation: try settings.activation(), branch: try settings.layers("branch")).layer
  }

  var settings: LayerSettings { LayerSettings([("branch", .layers(branch))]).with(activation) }

  var reads: LayerReading { .either }

  /// The output's shape; the layers of the branch, and what they give, are checked by ``LayerPlace``.
  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    guard !branch.isEmpty else { throw .emptyBranch(layer: index) }
    return LayerForm(output: input, tensors: [])
  }

  var summary: String { "Residual" + (activation == .identity ? "" : ", \(activation.name)") }
}
