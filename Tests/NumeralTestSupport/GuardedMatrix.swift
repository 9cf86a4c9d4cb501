/// A matrix for kernels to read and write, inside a larger block whose other elements must not change.
///
/// All elements start as the sentinel (a NaN for floats). So a kernel is caught if it forgets an element, writes
/// between two rows or beyond the end, or uses what lies there in a sum.
public final class GuardedMatrix<Element: BitwiseCopyable & Equatable> {
  /// The number of rows.
  public let rows: Int
  /// The number of columns that belong to the matrix.
  public let columns: Int
  /// The distance of two rows in elements, at least `columns`.
  public let stride: Int
  /// The first element of the first row.
  public let base: UnsafeMutablePointer<Element>

  private let block: UnsafeMutableRawPointer
  private let count: Int
  private let sentinel: Element
  private static var guardCount: Int { 80 }

  /// Creates a matrix whose elements are all the sentinel.
  ///
  /// - Parameters:
  ///   - stride: The distance of two rows; `columns` if nil.
  ///   - offset: The elements by which the first row misses a 64-byte boundary.
  ///   - sentinel: The value that untouched elements have.
  public init(rows: Int, columns: Int, stride: Int? = nil, offset: Int = 0, sentinel: Element) {
    precondition((stride ?? columns) >= columns && offset >= 0)
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
    self.sentinel = sentinel
    count = rows * self.stride + 2 * GuardedMatrix.guardCount + offset
    block = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
    block.initializeMemory(as: Element.self, repeating: sentinel, count: count)
    base = block.assumingMemoryBound(to: Element.self) + GuardedMatrix.guardCount + offset
  }

  deinit { block.deallocate() }

  /// The element at a row and a column.
  public subscript(row: Int, column: Int) -> Element {
    get { base[row * stride + column] }
    set { base[row * stride + column] = newValue }
  }

  /// All elements, row by row.
  public var values: [Element] {
    (0..<rows).flatMap { row in (0..<columns).map { self[row, $0] } }
  }

  /// Sets all elements, row by row.
  public func set(_ values: [Element]) {
    precondition(values.count == rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { self[row, column] = values[row * columns + column] }
    }
  }

  /// True if the elements around the matrix and between its rows are unchanged, bit for bit.
  public var surroundingsAreUntouched: Bool {
    let start = base - block.assumingMemoryBound(to: Element.self)
    for place in 0..<count {
      let inside = place - start
      if inside >= 0, inside < rows * stride, inside % stride < columns { continue }
      if !isSentinel(block.assumingMemoryBound(to: Element.self)[place]) { return false }
    }
    return true
  }

  /// True if a value has the sentinel's bits.
  public func isSentinel(_ value: Element) -> Bool {
    withUnsafeBytes(of: value) { a in withUnsafeBytes(of: sentinel) { a.elementsEqual($0) } }
  }
}

extension GuardedMatrix<Float> {
  /// Creates a matrix of floats, all a NaN that no kernel computes.
  public convenience init(rows: Int, columns: Int, stride: Int? = nil, offset: Int = 0) {
    self.init(rows: rows, columns: columns, stride: stride, offset: offset, sentinel: Float(bitPattern: 0x7FCA_FE42))
  }

  /// Creates a matrix with some values, row by row.
  public convenience init(_ values: [Float], rows: Int, columns: Int, stride: Int? = nil, offset: Int = 0) {
    self.init(rows: rows, columns: columns, stride: stride, offset: offset)
    set(values)
  }

  /// The bits of all elements, row by row.
  public var bits: [UInt32] { values.map { $0.bitPattern } }
}
