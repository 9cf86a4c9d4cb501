/// A layer in which every output is a weighted sum of every input.
///
/// ```
/// y[s, j] = f( Σᵢ x[s, i] · w[i, j] + b[j] )
/// ```
///
/// Shapes: x `[batch, inputs]`, w `[inputs, outputs]` (in files `[outputs, inputs]`), b `[outputs]`, y
/// `[batch, outputs]`. With δ = ∂loss/∂(sum), the gradients are
///
/// ```
/// ∂loss/∂w[i, j] = Σₛ x[s, i] · δ[s, j]
/// ∂loss/∂b[j]    = Σₛ δ[s, j]
/// ∂loss/∂x[s, i] = Σⱼ w[i, j] · δ[s, j]
/// ```
///
/// An image is read as the list of its numbers, channel by channel, row by row. `DensePlan` carries out these formulas.
public final class Dense: LayerDescription, Sendable {
  /// The number of outputs, 1 to 2²⁰.
  public let outputs: Int
  /// The function applied to each sum; `identity` for a network's last layer, whose outputs are logits.
  public let activation: Activation
  /// How weights are drawn.
  public let initializer: Initializer

  /// Describes a dense layer.
  ///
  /// - Parameters:
  ///   - outputs: The number of outputs, 1 to 2²⁰; the network's initializer checks it and throws ``NetworkError``.
  ///   - activation: The function applied to each sum.
  ///   - initializer: How weights are drawn; by default the form that suits the activation.
  public init(_ outputs: Int, activation: Activation = .identity, initializer: Initializer? = nil) {
    self.outputs = outputs
    self.activation = activation
    self.initializer = initializer ?? .suited(to: activation)
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { Dense.kind }

  static let kind = LayerKind(
    "dense", settings: ["outputs", "activation", "initializer"],
    texts: [
      LayerText("dense:OUTPUTS", "A dense layer; dense:OUTPUTS:ACTIVATION if it has one") { words in
        words.integer("outputs") && words.activationIfAny()
      }
    ]
  ) { settings throws(LayerSettingError) in
    Dense(
      try settings.integer("outputs"), activation: try settings.activation(), initializer: try settings.initializer()
    ).layer
  }

  var settings: LayerSettings {
    LayerSettings([("outputs", .integer(outputs))]).with(activation).with(initializer)
  }

  var reads: LayerReading { .rows }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard outputs >= 1, outputs <= NetworkError.mostUnits else { throw .units(layer: index, found: outputs) }
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    guard initializer.isSound else { throw .initializer(layer: index, found: initializer.text) }
    let start = TensorForm.Start.drawn(initializer, inputs: input.count, outputs: outputs)
    return LayerForm(
      output: .features(outputs),
      tensors: [
        TensorForm(
          name: "weight", rows: input.count, columns: outputs, fileShape: [outputs, input.count], kind: .weight,
          start: start),
        TensorForm(name: "bias", columns: outputs, kind: .bias, start: start),
      ])
  }

  var summary: String { activation == .identity ? "Dense \(outputs)" : "Dense \(outputs), \(activation.name)" }

  func absorbing(_ normalization: BatchNormalization) -> Layer? {
    if activation != .identity { return nil }
    return Dense(outputs, activation: normalization.activation, initializer: initializer).layer
  }
}
