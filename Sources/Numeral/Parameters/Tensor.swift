/// A named part of a network's numbers: a matrix, or a list.
///
/// In the block its rows are padded with zeros to whole vectors of 16, so that kernels need no remainder loops.
public struct Tensor: Sendable, Hashable {
  /// What a tensor is for.
  public enum Kind: Sendable, Hashable {
    /// A factor of inputs.
    case weight
    /// A number added to an output.
    case bias
    /// A factor of a normalized number.
    case gain
    /// A running mean or variance: kept and saved, but not trained.
    case statistic
  }

  /// The layer's index and the part's name, as in PyTorch's `Sequential`: `0.weight`, `0.bias`, `1.weight`, …
  public let name: String
  /// The rows: the terms of an output for a weight, 1 for a list.
  public let rows: Int
  /// The columns: outputs.
  public let columns: Int
  /// The extents in files and in PyTorch: `[outputs, inputs]` of a dense weight, `[outputs, channels, kernel, kernel]`
  /// of a convolution's, `[outputs]` of a list.
  public let fileShape: [Int]
  /// Its purpose.
  public let kind: Kind
  /// The index of its first row in the block.
  let offset: Int

  init(name: String, form: TensorForm, offset: Int) {
    self.name = name
    rows = form.rows
    columns = form.columns
    fileShape = form.fileShape
    kind = form.kind
    self.offset = offset
  }

  /// The number of parameters, padding not counted.
  public var count: Int { rows * columns }
  /// Whether it is trained.
  public var isTrainable: Bool { kind != .statistic }
  /// Whether penalties, weight decay, bounds on norms and Muon apply: true for weights, false for biases and for other
  /// tensors with one number per unit.
  public var decays: Bool { kind == .weight }
  /// The distance between two rows in the block.
  var stride: Int { FloatMatrix.padded(columns) }
  /// The view of its numbers in a block.
  func matrix(in block: Buffer<Float>) -> FloatMatrix {
    FloatMatrix(block, offset: offset, rows: rows, columns: columns, stride: stride)
  }

  /// Its range in the block, padding included.
  var extent: Range<Int> { offset..<offset + rows * stride }
}
