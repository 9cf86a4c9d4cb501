public import Numeral
import NumeralPlain

/// The engine's gradients of a batch compared with those of plain loops.
public struct GradientComparison: Sendable {
  /// One tensor.
  public struct Row: Sendable {
    /// Its name.
    public let tensor: String
    /// The largest error of a gradient, as a share of the largest gradient of the tensor.
    ///
    /// Some tensors have gradients of almost zero only, such as a bias before batch normalization. Their error is a
    /// share of a hundredth of the largest gradient of the network instead. NaN counts as infinite.
    public let error: Double
  }

  /// The error of the loss, as a share of it.
  public let lossError: Double
  /// The trained tensors, in the network's order.
  public let rows: [Row]

  /// The largest error of all tensors.
  public var worst: Double { rows.reduce(lossError) { max($0, $1.error) } }

  /// Computes both gradients and compares them.
  ///
  /// - Parameters:
  ///   - network: A network with pixels from 0 to 1.
  ///   - images: The batch.
  ///   - kernels: The arithmetic that the engine uses.
  ///   - disturbance: Called with the engine's gradients before the comparison, so that a test can falsify them.
  /// - Throws: `PlainError` for layers that plain loops do not have, `TrainingError` if network and images do not fit.
  public init(
    _ network: Network, _ images: LabeledImages, kernels: KernelSet = .preferred,
    disturbance: (inout [[Float]]) -> Void = { _ in }
  ) throws {
    var (loss, gradients) = try network.gradients(of: images, kernels: kernels)
    disturbance(&gradients)
    let plain = try PlainNetwork(network)
    let expected = plain.backpropagate(
      images.inputs, images.targets, mode: DropoutDraw(images: 0..<images.count).mode)
    let references = plain.gradients(inOrderOf: network)
    let largest = references.map { $0.reduce(0) { max($0, $1.magnitude) } }
    let least = (largest.max() ?? 0) / 100
    lossError = GradientComparison.known((loss - expected.loss).magnitude / expected.loss)
    rows = network.tensors.indices.filter { network.tensors[$0].isTrainable }.map { index in
      let errors = zip(gradients[index], references[index]).map {
        GradientComparison.known((Double($0) - $1).magnitude)
      }
      return Row(
        tensor: network.tensors[index].name,
        error: GradientComparison.known((errors.max() ?? 0) / max(largest[index], least)))
    }
  }

  private static func known(_ error: Double) -> Double { error.isNaN ? .infinity : error }
}
