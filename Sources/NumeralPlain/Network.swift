/// A sequence of layers, and the loss of the last layer's output.
///
/// ```swift
/// let layers = [
///   PlainDescription("dense", ["outputs": 32, "activation": "relu"]), PlainDescription("dense", ["outputs": 10]),
/// ]
/// let network = try PlainNetwork(input: PlainShape(channels: 1, height: 8, width: 8), layers: layers)
/// network.backpropagate(images, labels)
/// try PlainOptimizer("sgd", ["learningRate": 0.1]).step(network.tensors)
/// ```
///
/// Weights begin at zero; draw them, or set those of another network, through ``tensors``.
public final class PlainNetwork {
  /// The layers, first to last; the outputs of the last are logits.
  public let layers: [any PlainLayer]
  /// The parameters and running values of all layers.
  public let tensors: [PlainTensor]
  /// The outputs of each layer in the last forward pass, `[layers][samples][numbers]`.
  public private(set) var outputs: [[[Double]]] = []

  /// Builds a network as model files describe it; throws ``PlainError`` if something is unknown or does not fit.
  public init(input: PlainShape, layers: [PlainDescription]) throws(PlainError) {
    var number = 0
    self.layers = try PlainDescription.layers(layers, for: input, path: "", number: &number)
    tensors = self.layers.flatMap { $0.tensors }
  }

  /// The logits of a batch, `[samples][classes]`.
  public func forward(_ batch: [[Double]], _ mode: PlainMode) -> [[Double]] {
    outputs = []
    for layer in layers { outputs.append(layer.forward(outputs.last ?? batch, mode)) }
    return outputs.last ?? batch
  }

  /// Forward: the loss of a batch.
  public func loss(
    _ batch: [[Double]], _ labels: [Int], _ reduction: PlainLoss.Reduction = .mean, smoothing: Double = 0,
    mode: PlainMode = .training { _, _, _, _ in true }
  ) -> Double {
    let losses = zip(forward(batch, mode), labels).map { PlainLoss.crossEntropy($0, label: $1, smoothing: smoothing) }
    return losses.reduce(0, +) * reduction.scale(batch.count)
  }

  /// Forward and backward: the loss of a batch, its gradient by the batch, and that of every tensor in ``tensors``.
  @discardableResult public func backpropagate(
    _ batch: [[Double]], _ labels: [Int], _ reduction: PlainLoss.Reduction = .mean, smoothing: Double = 0,
    mode: PlainMode = .training { _, _, _, _ in true }
  ) -> (loss: Double, gradient: [[Double]]) {
    let loss = loss(batch, labels, reduction, smoothing: smoothing, mode: mode)
    let delta = zip(outputs.last ?? [], labels).map { logits, label in
      PlainLoss.gradient(logits, label: label, smoothing: smoothing).map { $0 * reduction.scale(batch.count) }
    }
    return (loss, layers.reversed().reduce(delta) { $1.backward($0) })
  }
}
