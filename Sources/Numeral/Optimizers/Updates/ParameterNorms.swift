// Norms of all gradients or all weights. All threads measure them, in parts that do not depend on the number of
// threads.

/// The Euclidean norm of all gradients.
final class GradientNorm {
  /// Short enough that many threads share a small network, long enough that the overhead is small.
  private static let pieceLength = 4096

  private let kernels: KernelSet
  private let sums: Buffer<Double>

  /// Prepares for a block with this many elements.
  init(count: Int, kernels: KernelSet) {
    self.kernels = kernels
    sums = Buffer(repeating: 0, count: (count + GradientNorm.pieceLength - 1) / GradientNorm.pieceLength)
  }

  /// Sums a thread's pieces.
  func measure(_ gradients: Buffer<Float>, thread: Int, of threads: Int) {
    let length = GradientNorm.pieceLength
    for piece in Shares.tiles(of: sums.count, height: 1, share: thread, of: threads) {
      sums[piece] = kernels.sumOfSquares(of: gradients, piece * length..<min(gradients.count, (piece + 1) * length))
    }
  }

  /// The norm: the sums of the pieces, added in order.
  var value: Double {
    var sum = 0.0
    for piece in 0..<sums.count { sum += sums[piece] }
    return sum.squareRoot()
  }
}

/// The norms of the weights that enter each unit, and their bound.
final class ColumnNorms {
  private let kernels: KernelSet
  private let roles: [TensorRole]
  private let sums: Buffer<Double>
  private let factors: Buffer<Float>

  /// Prepares for the weights among some tensors.
  init(_ roles: [TensorRole], kernels: KernelSet) {
    self.kernels = kernels
    self.roles = roles.filter { $0.tensor.decays }
    let count = self.roles.last.map { $0.firstColumn + $0.tensor.stride } ?? 0
    sums = Buffer(repeating: 0, count: count)
    factors = Buffer(repeating: 1, count: count)
  }

  /// Measures a thread's units, each over its inputs in order, and computes their factors.
  func measure(_ block: Buffer<Float>, bound: Double, thread: Int, of threads: Int) {
    // A loop over the array itself allocates in debug builds.
    for index in roles.indices {
      let role = roles[index]
      let tensor = role.tensor
      let columns = Shares.tiles(of: tensor.columns, height: 16, share: thread, of: threads)
      let matrix = FloatMatrix(
        block, offset: tensor.offset, rows: tensor.rows, columns: tensor.columns, stride: tensor.stride)
      kernels.columnSquares(of: matrix, columns: columns, into: sums, from: role.firstColumn)
      for column in columns {
        let norm = sums[role.firstColumn + column].squareRoot()
        factors[role.firstColumn + column] = norm > bound ? Float(bound / norm) : 1
      }
    }
  }

  /// Scales some rows of a weight; other parameters stay unchanged.
  func bound(_ parameters: FloatMatrix, of role: TensorRole) {
    if role.tensor.decays { kernels.scaleColumns(of: parameters, by: factors, from: role.firstColumn) }
  }
}
