public import Numeral
public import NumeralPlain

/// The kinds of layers that the engine has, by their names in model files.
///
/// This file is the one place where layers of the engine are told apart to be compared. A new case of `Layer` does not
/// compile here until it has a kind, and a kind without a check is reported by `numeral doctor`.
public enum LayerKind: String, CaseIterable, Sendable {
  /// Every output a weighted sum of every input.
  case dense
  /// The same windows of weights at every position.
  case convolution
  /// One number of each window.
  case pooling
  /// A picture as a list.
  case flatten
  /// Some inputs left out while training.
  case dropout
  /// Normalised over the batch.
  case batchNormalization
  /// Normalised over a sample's features.
  case layerNormalization
  /// A branch added to what it was given.
  case residual
}

extension PlainDescription {
  /// A layer of the engine in the words of model files.
  public init(_ layer: Layer) {
    let (kind, settings) = PlainDescription.words(layer)
    self.init(kind.rawValue, settings)
  }

  private static func words(_ layer: Layer) -> (LayerKind, [String: any Sendable]) {
    switch layer {
    case .dense(let layer): (.dense, words(layer.activation, ["outputs": layer.outputs]))
    case .convolution(let layer):
      (
        .convolution,
        words(
          layer.activation,
          [
            "outputs": layer.outputs, "kernel": layer.kernel, "stride": layer.stride, "padding": layer.padding,
            "bias": layer.hasBias,
          ])
      )
    case .pooling(let layer): (.pooling, words(layer))
    case .flatten: (.flatten, [:])
    case .dropout(let layer): (.dropout, ["rate": layer.rate])
    case .batchNormalization(let layer): (.batchNormalization, words(layer.activation))
    case .layerNormalization(let layer): (.layerNormalization, words(layer.activation))
    case .residual(let layer):
      (.residual, words(layer.activation, ["branch": layer.branch.map { PlainDescription($0) }]))
    }
  }

  private static func words(_ layer: Pooling) -> [String: any Sendable] {
    var settings: [String: any Sendable] = ["kind": layer.kind.rawValue, "stride": layer.stride]
    if let window = layer.window { settings["window"] = window }
    return settings
  }

  private static func words(
    _ activation: Activation, _ others: [String: any Sendable] = [:]
  ) -> [String: any Sendable] {
    var settings = others
    settings["activation"] = activation.name
    if case .leakyReLU(let slope) = activation { settings["slope"] = Double(slope) }
    return settings
  }
}
