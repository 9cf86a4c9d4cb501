/// A named part of a network's parameters: a matrix, or a list of numbers.
///
/// Inside the block its rows are padded with zeros to whole vectors of 16, so that kernels need no tails.
public struct Tensor: Sendable, Hashable {
  /// The layer's index and the part's name, as in PyTorch's `Sequential`: `0.weight`, `0.bias`, `1.weight`, …
  public let name: String
  /// The rows: inputs of a weight, 1 of a bias.
  public let rows: Int
  /// The columns: outputs.
  public let columns: Int
  /// Where the first row starts in the block.
  let offset: Int

  /// The number of parameters, padding not counted.
  public var count: Int { rows * columns }
  /// The distance of two rows in the block.
  var stride: Int { FloatMatrix.padded(columns) }
  /// The part of the block it takes, padding included.
  var extent: Range<Int> { offset..<offset + rows * stride }
  /// Whether penalties, weight decay, bounds on norms and Muon apply: true of weights, which are matrices, false of biases
  /// and of whatever else has one number per unit.
  public var decays: Bool { fileShape.count > 1 }
  /// The extents in files and in PyTorch: `[outputs, inputs]` of a weight, `[outputs]` of a bias.
  public var fileShape: [Int] { rows == 1 && name.hasSuffix("bias") ? [columns] : [columns, rows] }
}
