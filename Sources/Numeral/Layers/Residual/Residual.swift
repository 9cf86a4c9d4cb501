/// A layer that adds the result of its branch to its input.
///
/// ```
/// y = f( x + branch(x) )
/// ```
///
/// Shapes: x, branch(x) and y have the same shape. Building a network throws ``NetworkError`` if the branch changes the
/// shape or is empty. Back, with δ = ∂loss/∂(sum): ∂loss/∂x = δ + (the gradient of the branch from δ). So δ also
/// arrives unchanged, however deep the branch is. Source: K. He et al., 2016, *Deep residual learning for image
/// recognition*, arXiv:1512.03385.
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

  /// The output's shape; ``LayerPlace`` checks the layers of the branch and their outputs.
  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    guard !branch.isEmpty else { throw .emptyBranch(layer: index) }
    return LayerForm(output: input, tensors: [])
  }

  var summary: String { "Residual" + (activation == .identity ? "" : ", \(activation.name)") }
}
