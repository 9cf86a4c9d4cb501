/// A layer that gives every channel (or feature) mean 0 and variance 1 over the batch, then applies a scale and a shift
/// for each channel.
///
/// ```
/// training:    μ, σ² = mean and variance over the batch's n numbers of a channel
/// inference:   μ, σ² = running means of those
/// x̂ = (x − μ) / √(σ² + ε)
/// y = f( γ x̂ + β )
/// ```
///
/// In training the running values are updated: `running ← (1 − momentum) · running + momentum · batch`, with the
/// variance that divides by n − 1. A single number has no such variance and leaves the running variance unchanged. ε is
/// 1e-5, the momentum 0.1 (PyTorch's values). With δ = ∂loss/∂(γ x̂ + β) and sums over the channel's n numbers:
///
/// ```
/// ∂loss/∂β = Σ δ
/// ∂loss/∂γ = Σ δ x̂
/// ∂loss/∂x = γ / √(σ² + ε) · ( δ − Σδ / n − x̂ · Σ(δ x̂) / n )
/// ```
///
/// *Why.* x̂ depends on x directly, through μ and through σ². The last two terms come from μ and σ²: they remove the
/// part of δ along 1 and the part along x̂.
///
/// Shapes: x and y `[batch, channels, height, width]`, n = batch · height · width; or `[batch, features]`, n = batch.
/// γ, β and the running values have one number for each channel (or feature); files name them `weight`, `bias`,
/// `running_mean` and `running_var`.
///
/// The gradient needs the whole batch at once, so a batch of more than ``mostRows`` samples is refused. For inference
/// the layer is folded into the one before. Source: S. Ioffe, C. Szegedy, 2015, *Batch normalization*,
/// arXiv:1502.03167. `BatchNormalizationPlan` carries it out.
public final class BatchNormalization: LayerDescription, Sendable {
  /// The function applied to the scaled and shifted number.
  public let activation: Activation

  /// The ε that keeps the root away from zero.
  public static let epsilon: Float = 1e-5
  /// The share of the batch's statistics in an update of the running values.
  public static let momentum: Float = 0.1
  /// The largest number of samples in a batch.
  public static let mostRows = 4096

  /// Describes the layer.
  ///
  /// - Parameter activation: The function applied to the scaled and shifted number.
  public init(activation: Activation = .identity) {
    self.activation = activation
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { BatchNormalization.kind }

  static let kind = LayerKind(
    "batchNormalization", settings: ["activation"],
    texts: [
      LayerText("batch-norm", "Batch normalization; batch-norm:ACTIVATION if one follows") {
        $0.activationIfAny()
      }
    ]
  ) { settings throws(LayerSettingError) in BatchNormalization(activation: try settings.activation()).layer }

  var settings: LayerSettings { LayerSettings().with(activation) }

  var reads: LayerReading { .planes }

  var looksAtBatch: Bool { true }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    let columns = input.channelCount
    return LayerForm(
      output: input,
      tensors: [
        TensorForm(name: "weight", columns: columns, kind: .gain, start: .constant(1)),
        TensorForm(name: "bias", columns: columns, kind: .bias, start: .constant(0)),
        TensorForm(name: "running_mean", columns: columns, kind: .statistic, start: .constant(0)),
        TensorForm(name: "running_var", columns: columns, kind: .statistic, start: .constant(1)),
      ])
  }

  var summary: String { "Batch normalization" + (activation == .identity ? "" : ", \(activation.name)") }
}
