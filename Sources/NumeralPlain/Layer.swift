// NumeralPlain: neural networks in plain loops over `Double`, to be read from top to bottom. First this file, then
// Layers/ (Activation, Dense, Windows, Convolution, Pooling, Flatten, Dropout, Standardization, BatchNormalization,
// LayerNormalization, Residual), Loss, Network, Optimizers/ (Optimizer, Muon, Restraints), and last Description, which
// makes layers from the words of model files.
//
// A batch is `[samples][numbers]`; δ always means ∂loss/∂y, the gradient with respect to a layer's output.

/// One layer: its forward and its backward pass.
public protocol PlainLayer: AnyObject {
  /// The shape of a sample's outputs.
  var output: PlainShape { get }
  /// The parameters and running values of the layer.
  var tensors: [PlainTensor] { get }
  /// y, `[samples][outputs]`, from x, `[samples][inputs]`; it also stores what ``backward(_:)`` needs.
  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]]
  /// ∂loss/∂x of the last ``forward(_:_:)`` from δ; sets the gradients of ``tensors``.
  func backward(_ delta: [[Double]]) -> [[Double]]
}

/// The purpose of a forward pass: inference or training.
public enum PlainMode {
  /// Running statistics are used, and dropout leaves out nothing.
  case inference
  /// The batch's statistics are used, and dropout keeps a number if `keeps` is true.
  case training(keeps: (_ layer: Int, _ sample: Int, _ place: Int, _ rate: Double) -> Bool)
}

/// The shape of one sample: channels of height × width numbers, row by row. A list of n features is n channels of 1×1.
public struct PlainShape: Hashable, Sendable {
  let channels: Int, height: Int, width: Int

  /// An image, or without height and width a list of features.
  public init(channels: Int, height: Int = 1, width: Int = 1) {
    (self.channels, self.height, self.width) = (channels, height, width)
  }

  var plane: Int { height * width }
  /// The numbers of one sample.
  public var count: Int { channels * plane }
}

/// Numbers that belong to a layer, and their gradient.
public final class PlainTensor {
  /// The role of the numbers: factors of inputs, terms added to outputs, factors of normalized numbers, or a running
  /// mean or variance, which no gradient changes.
  public enum Kind: Sendable { case weight, bias, gain, statistic }

  /// As in PyTorch's `Sequential`: `0.weight`, or `3.0.bias` for the first layer of a branch.
  public let name: String
  /// As in model files: `[outputs, inputs]`, `[outputs, channels, kernel, kernel]`, `[channels]`.
  public let shape: [Int]
  /// The role of the numbers.
  public let kind: Kind
  /// The numbers, the last index of ``shape`` running fastest, and ∂loss/∂values of the last backward pass.
  public var values: [Double], gradient: [Double]

  init(_ name: String, _ shape: [Int], _ kind: Kind, filledWith value: Double = 0) {
    (self.name, self.shape, self.kind) = (name, shape, kind)
    values = [Double](repeating: value, count: shape.reduce(1, *))
    gradient = values.map { _ in 0 }
  }

  var zeros: [Double] { values.map { _ in 0 } }
}
