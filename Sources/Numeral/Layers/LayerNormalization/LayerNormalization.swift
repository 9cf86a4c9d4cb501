/// A layer that gives every sample's features mean 0 and variance 1, then applies a scale and a shift for each feature.
///
/// ```
/// μ, σ² = mean and variance over a sample's n features
/// x̂ = (x − μ) / √(σ² + ε)
/// y = f( γ x̂ + β )
/// ```
///
/// Shapes: x and y `[batch, features]`; γ and β `[features]`, in files `weight` and `bias`. An image is refused with
/// ``NetworkError/needsFeatures(layer:kind:found:)``: put ``Flatten`` before this layer.
///
/// Unlike batch normalization it does not use other samples, so training and inference are the same. ε is 1e-5. With δ
/// = ∂loss/∂(γ x̂ + β), g = γ δ and means over a sample's features:
///
/// ```
/// ∂loss/∂β = Σ over samples δ
/// ∂loss/∂γ = Σ over samples δ x̂
/// ∂loss/∂x = ( g − mean(g) − x̂ · mean(g x̂) ) / √(σ² + ε)
/// ```
///
/// Source: J. Ba, J. Kiros, G. Hinton, 2016, *Layer normalization*, arXiv:1607.06450. `LayerNormalizationPlan` carries
/// it out.
public final class LayerNormalization: LayerDescription, Sendable {
  /// The function applied to the scaled and shifted number.
  public let activation: Activation

  /// The ε that keeps the root away from zero.
  public static let epsilon: Float = 1e-5

  /// Describes the layer.
  ///
  /// - Parameter activation: The function applied to the scaled and shifted number.
  public init(activation: Activation = .identity) {
    self.activation = activation
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { LayerNormalization.kind }

  static let kind = LayerKind(
    "layerNormalization", settings: ["activation"],
    texts: [
      LayerText("layer-norm", "Layer normalization, of features; layer-norm:ACTIVATION if one follows") {
        $0.activationIfAny()
      }
    ]
  ) { settings throws(LayerSettingError) in LayerNormalization(activation: try settings.activation()).layer }

  var settings: LayerSettings { LayerSettings().with(activation) }

  var reads: LayerReading { .rows }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    guard case .features(let count) = input else {
      throw .needsFeatures(layer: index, kind: "layer normalization", found: input)
    }
    return LayerForm(
      output: input,
      tensors: [
        TensorForm(name: "weight", columns: count, kind: .gain, start: .constant(1)),
        TensorForm(name: "bias", columns: count, kind: .bias, start: .constant(0)),
      ])
  }

  var summary: String { "Layer normalization" + (activation == .identity ? "" : ", \(activation.name)") }
}
