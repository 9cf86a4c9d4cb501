import COpenBLAS
import CNumeralCPU

/// A product that both sides can compute. OpenBLAS computes the product alone; our kernel adds the steps that the
/// network needs.
protocol MeasuredProduct: AnyObject {
  /// Lays out the weights as our kernel reads them, once per update.
  func prepare()
  /// Our kernel.
  func runOurs()
  /// `cblas_sgemm`.
  func runLibrary()
  /// The largest difference between the two results.
  func largestDifference() -> Float
}

/// Memory whose address kernels get.
final class Block<Element> {
  let base: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    base = .allocate(capacity: max(1, elements.count))
    base.initialize(from: elements, count: elements.count)
  }

  deinit { base.deallocate() }
}

/// A matrix of numbers between -1 and 1, rows padded to whole vectors with zeros.
final class TestMatrix {
  let base: UnsafeMutablePointer<Float>
  let rows: Int
  let columns: Int
  let stride: Int

  /// - Parameter isFilled: False leaves it zero.
  init(_ rows: Int, _ columns: Int, isFilled: Bool = true) {
    self.rows = rows
    self.columns = columns
    // An odd number of cache lines, as the engine lays out its activations.
    stride = ((columns + 15) / 16 | 1) * 16
    base = TestMatrix.allocate(rows * stride)
    guard isFilled else { return }
    var state: UInt32 = 12345
    for row in 0..<rows {
      for column in 0..<columns {
        state = state &* 1_664_525 &+ 1_013_904_223
        base[row * stride + column] = Float(Int32(bitPattern: state)) / 2_147_483_648
      }
    }
  }

  deinit { base.deallocate() }

  static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
      .bindMemory(to: Float.self, capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  /// A kernel's operand in an array: `[matrix.view]` is passed as a pointer.
  var view: numeral_matrix { numeral_matrix(base: base, stride: stride, rows: rows, columns: columns) }

  /// The same memory as rows of whole vectors without a gap, as the engine keeps its parameters.
  var compactView: numeral_matrix {
    numeral_matrix(base: base, stride: padded(columns), rows: rows, columns: columns)
  }

  func largestDifference(from other: TestMatrix) -> Float {
    var largest: Float = 0
    for row in 0..<rows {
      for column in 0..<columns {
        let difference = abs(base[row * stride + column] - other.base[row * other.stride + column])
        largest = max(largest, difference)
      }
    }
    return largest
  }
}

private let identity = numeral_activation(function: numeral_activation_identity, slope: 0)

/// The columns that a kernel computes: whole vectors.
private func padded(_ columns: Int) -> Int { (columns + 15) / 16 * 16 }

/// out `[m, n]` = in `[m, k]` · weights `[k, n]`; ours adds a bias and the identity as activation.
final class ForwardProduct: MeasuredProduct {
  private let table: numeral_kernel_table
  private let input, weights, ours, library: TestMatrix
  private let panels: UnsafeMutablePointer<Float>

  init(_ table: numeral_kernel_table, m: Int, n: Int, k: Int) {
    self.table = table
    input = TestMatrix(m, k)
    weights = TestMatrix(k, n)
    ours = TestMatrix(m, n, isFilled: false)
    library = TestMatrix(m, n, isFilled: false)
    panels = TestMatrix.allocate((k + 1) * padded(n))
  }

  deinit { panels.deallocate() }

  func prepare() {
    table.products.pack_weights(panels, [weights.view], 0, weights.rows)
  }

  func runOurs() {
    table.products.product([ours.view], [input.view], panels, [identity])
  }

  func runLibrary() {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(input.rows), Int32(weights.columns), Int32(input.columns), 1,
      input.base, Int32(input.stride), weights.base, Int32(weights.stride), 0, library.base, Int32(library.stride))
  }

  func largestDifference() -> Float { ours.largestDifference(from: library) }
}

/// out `[m, n]` = delta `[m, k]` · transposed weights, weights `[n, k]`; ours multiplies by the activation's
/// derivative, here 1.
final class BackwardProduct: MeasuredProduct {
  private let table: numeral_kernel_table
  private let delta, weights, outputs, ours, library: TestMatrix
  private let panels: UnsafeMutablePointer<Float>

  init(_ table: numeral_kernel_table, m: Int, n: Int, k: Int) {
    self.table = table
    delta = TestMatrix(m, k)
    weights = TestMatrix(n, k)
    outputs = TestMatrix(m, n)
    ours = TestMatrix(m, n, isFilled: false)
    library = TestMatrix(m, n, isFilled: false)
    panels = TestMatrix.allocate((k + 1) * padded(n))
  }

  deinit { panels.deallocate() }

  func prepare() {
    table.products.pack_transposed(panels, [weights.view], 0, weights.rows)
  }

  func runOurs() {
    table.products.product_through_activation([ours.view], [outputs.view], [delta.view], panels, [identity])
  }

  func runLibrary() {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(delta.rows), Int32(weights.rows), Int32(delta.columns), 1,
      delta.base, Int32(delta.stride), weights.base, Int32(weights.stride), 0, library.base, Int32(library.stride))
  }

  func largestDifference() -> Float { ours.largestDifference(from: library) }
}

/// gradient `[m, n]` = transposed in · delta, in `[k, m]`, delta `[k, n]`, where k is the number of samples.
final class GradientProduct: MeasuredProduct {
  private let table: numeral_kernel_table
  private let input, delta, ours, library: TestMatrix

  init(_ table: numeral_kernel_table, m: Int, n: Int, k: Int) {
    self.table = table
    input = TestMatrix(k, m)
    delta = TestMatrix(k, n)
    ours = TestMatrix(m, n, isFilled: false)
    library = TestMatrix(m, n, isFilled: false)
  }

  func prepare() {}

  func runOurs() {
    table.products.gradient([ours.view], [input.view], [delta.view], false)
  }

  func runLibrary() {
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(ours.rows), Int32(ours.columns), Int32(delta.rows), 1, input.base,
      Int32(input.stride), delta.base, Int32(delta.stride), 0, library.base, Int32(library.stride))
  }

  func largestDifference() -> Float { ours.largestDifference(from: library) }
}
