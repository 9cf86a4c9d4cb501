/// Newton–Schulz iteration: turns matrices into nearly orthogonal ones with the same singular vectors.
///
/// ```
/// X ← d / max(‖d‖, 10⁻⁷)
/// five times:   A = XᵀX,   P = a I + b A + c A²,   X ← X P
/// ```
///
/// Each singular value σ of X becomes a σ + b σ³ + c σ⁵. With the published coefficients small values grow by 3.4445 in
/// each iteration, and all end between about 0.7 and 1.2. X is `[long, short]`, transposed if necessary, so that A is
/// the smaller square. Both orientations give the same result, because X(XᵀX) = (XXᵀ)X.
///
/// The products use the layers' kernels: A and A² are computed like gradients, X P like outputs. Each thread computes
/// some rows of each product, each element is summed by one thread in one order, and a barrier follows. So the bits do
/// not depend on the number of threads.
///
/// Source: see ``Optimizer/muon(learningRate:momentum:weightDecay:othersLearningRate:)``.
final class Orthogonalizer {
  private static let coefficients: (a: Float, b: Float, c: Float) = (3.4445, -4.7750, 2.0315)
  private static let iterations = 5
  /// The stages after measuring: loading, three for each iteration, storing.
  static let stageCount = 2 + 3 * iterations
  private static let tile = 8

  private let kernels: KernelSet
  private let matrices: [Matrix]
  private let sums: Buffer<Double>
  /// The owner of the matrices.
  private let arena = Arena(largePages: false)

  /// One tensor and the memory for its iteration.
  private struct Matrix {
    let tensor: Tensor
    /// Whether X is the transpose of the tensor in memory, which is `[inputs, outputs]`.
    let isTransposed: Bool
    /// X before and after every second iteration.
    let even: FloatMatrix
    let odd: FloatMatrix
    let square: FloatMatrix
    let polynomial: FloatMatrix
    let panels: FloatMatrix
    /// The index of the sums of its rows' squares.
    let sums: Range<Int>
  }

  /// Prepares for some tensors.
  init(_ tensors: [Tensor], kernels: KernelSet) {
    self.kernels = kernels
    var matrices: [Matrix] = []
    var count = 0
    for tensor in tensors {
      let (long, short) = (max(tensor.rows, tensor.columns), min(tensor.rows, tensor.columns))
      let stride = FloatMatrix.spreadStride(short)
      let end = count + (tensor.rows + Orthogonalizer.tile - 1) / Orthogonalizer.tile
      matrices.append(
        Matrix(
          tensor: tensor, isTransposed: tensor.rows < tensor.columns,
          even: arena.matrix(rows: long, columns: short, stride: stride),
          odd: arena.matrix(rows: long, columns: short, stride: stride),
          square: arena.matrix(rows: short, columns: short, stride: stride),
          polynomial: arena.matrix(rows: short, columns: short, stride: stride),
          panels: arena.panels(rows: short, columns: short), sums: count..<end))
      count = end
    }
    self.matrices = matrices
    sums = Buffer(repeating: 0, count: count)
  }

  /// Calls a body with each tensor and a thread's rows of it.
  func forEachShare(thread: Int, of threads: Int, _ body: (_ matrix: Int, Tensor, _ rows: Range<Int>) -> Void) {
    for index in matrices.indices {
      let tensor = matrices[index].tensor
      let rows = Shares.tiles(of: tensor.rows, height: Orthogonalizer.tile, share: thread, of: threads)
      if !rows.isEmpty { body(index, tensor, rows) }
    }
  }

  /// Measures a thread's rows of a matrix in a block that has the layout of the parameters.
  func measure(_ matrix: Int, rows: Range<Int>, in block: Buffer<Float>) {
    let (tensor, places) = (matrices[matrix].tensor, matrices[matrix].sums)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Orthogonalizer.tile) {
      let last = min(tensor.rows, first + Orthogonalizer.tile)
      sums[places.lowerBound + first / Orthogonalizer.tile] = kernels.sumOfSquares(
        of: block, tensor.offset + first * tensor.stride..<tensor.offset + last * tensor.stride)
    }
  }

  /// A thread's part of a stage on the matrices in a block; a barrier separates stages.
  func perform(_ stage: Int, on block: Buffer<Float>, thread: Int, of threads: Int) {
    // A loop over the array itself allocates in debug builds.
    for index in matrices.indices {
      let matrix = matrices[index]
      let isEven = (stage - 1) / 3 % 2 == 0
      let (x, next) = isEven ? (matrix.even, matrix.odd) : (matrix.odd, matrix.even)
      switch (stage, (stage - 1) % 3) {
      case (0, _): load(matrix, part(of: matrix.even.rows, thread, threads), from: block)
      case (Orthogonalizer.stageCount - 1, _): store(matrix, part(of: matrix.tensor.rows, thread, threads), into: block)
      case (_, 0):
        let rows = part(of: x.columns, thread, threads)
        if rows.isEmpty { continue }
        kernels.gradient(of: rows, input: x, delta: x, into: matrix.square.rows(rows), accumulates: false)
      case (_, 1): makePolynomial(matrix, part(of: x.columns, thread, threads))
      default:
        let rows = part(of: x.rows, thread, threads)
        if rows.isEmpty { continue }
        kernels.product(x.rows(rows), matrix.panels, into: next.rows(rows), activation: .identity)
      }
    }
  }

  /// A thread's share of some rows.
  private func part(of rows: Int, _ thread: Int, _ threads: Int) -> Range<Int> {
    Shares.tiles(of: rows, height: Orthogonalizer.tile, share: thread, of: threads)
  }

  private func load(_ matrix: Matrix, _ rows: Range<Int>, from block: Buffer<Float>) {
    var squares = 0.0
    for place in matrix.sums { squares += sums[place] }
    let norm = squares.squareRoot()
    kernels.copy(
      view(matrix.tensor, of: block), rows: rows, into: matrix.even, scale: Float(1 / max(norm, 1e-7)),
      transposes: matrix.isTransposed)
  }

  private func store(_ matrix: Matrix, _ rows: Range<Int>, into block: Buffer<Float>) {
    let result = Orthogonalizer.iterations % 2 == 0 ? matrix.even : matrix.odd
    kernels.copy(result, rows: rows, into: view(matrix.tensor, of: block), transposes: matrix.isTransposed)
  }

  /// Some rows of P = c (A² + b/c A) + a I, and of its packed copy.
  private func makePolynomial(_ matrix: Matrix, _ rows: Range<Int>) {
    if rows.isEmpty { return }
    let (a, b, c) = Orthogonalizer.coefficients
    let polynomial = matrix.polynomial.rows(rows)
    // A is symmetric, bit for bit, so A² is the sum of outer products of its rows.
    kernels.gradient(of: rows, input: matrix.square, delta: matrix.square, into: polynomial, accumulates: false)
    kernels.adjust(polynomial, by: matrix.square.rows(rows), scale: c, share: b)
    for row in rows { matrix.polynomial[row, row] += a }
    kernels.packWeights(matrix.polynomial, rows: rows, into: matrix.panels)
  }

  private func view(_ tensor: Tensor, of block: Buffer<Float>) -> FloatMatrix {
    FloatMatrix(
      block, offset: tensor.offset, rows: tensor.rows, columns: tensor.columns, stride: tensor.stride)
  }
}
