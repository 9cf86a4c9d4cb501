internal import CNumeralCPU

/// A view of a matrix of floats inside a ``Buffer``: what the engine hands to kernels.
///
/// Rows start `stride` elements apart. A view does not keep its buffer alive: the owner of the buffer must outlive it.
/// In return, passing views between threads needs no reference counting.
@safe struct FloatMatrix: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  let rows: Int
  let columns: Int
  let stride: Int

  /// A view of `rows` rows that start `offset` elements into a buffer.
  init(_ buffer: Buffer<Float>, offset: Int = 0, rows: Int, columns: Int, stride: Int) {
    precondition(rows >= 0 && columns >= 0 && stride >= columns && offset >= 0, "not a matrix")
    precondition(rows == 0 || offset + rows * stride <= buffer.count, "the matrix does not fit its buffer")
    unsafe base = buffer.base + offset
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  private init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    unsafe self.base = unsafe base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// Some rows of this matrix.
  func rows(_ range: Range<Int>) -> FloatMatrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "matrix rows out of range")
    return unsafe FloatMatrix(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Some columns of this matrix, those of its padding among them.
  func columns(_ range: Range<Int>) -> FloatMatrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= stride, "matrix columns out of range")
    return unsafe FloatMatrix(base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// Copies the numbers of another matrix of the same shape.
  func copy(_ other: FloatMatrix) {
    precondition(rows == other.rows && columns == other.columns, "shapes do not fit")
    for row in 0..<rows {
      unsafe (base + row * stride).update(from: other.base + row * other.stride, count: columns)
    }
  }

  /// Prefetches rows for writing, as whole cache lines.
  ///
  /// If another core has read a line, writing it needs a request for that line alone, and the writer waits for each in
  /// turn. Prefetching for writing requests many lines at once. So where cores write in turn, they prefetch for writing
  /// while they still read.
  func takeOver() {
    for row in 0..<rows {
      var column = 0
      while column < columns {
        unsafe numeral_prefetch_to_write(base + row * stride + column)
        column += 16
      }
    }
  }

  /// The first columns of this matrix.
  func columns(_ count: Int) -> FloatMatrix {
    precondition(count >= 0 && count <= columns, "matrix columns out of range")
    return unsafe FloatMatrix(base: base, rows: rows, columns: count, stride: stride)
  }

  /// The first elements of this one-row matrix as a matrix of another shape.
  func shaped(rows: Int, columns: Int, stride: Int) -> FloatMatrix {
    precondition(self.rows == 1 && rows * stride <= self.stride && stride >= columns, "the shape does not fit")
    return unsafe FloatMatrix(base: base, rows: rows, columns: columns, stride: stride)
  }

  /// Elements of one row from a column on, as a matrix with the layout of another.
  func matrix(inRow row: Int, from column: Int, like other: FloatMatrix) -> FloatMatrix {
    precondition(row >= 0 && row < rows && column >= 0, "matrix index out of range")
    precondition(column + other.rows * other.stride <= stride, "the matrix does not fit the row")
    return unsafe FloatMatrix(
      base: base + row * stride + column, rows: other.rows, columns: other.columns, stride: other.stride)
  }

  /// The element at a row and a column.
  subscript(row: Int, column: Int) -> Float {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "matrix index out of range")
      return unsafe base[row * stride + column]
    }
    nonmutating set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "matrix index out of range")
      unsafe base[row * stride + column] = newValue
    }
  }

  /// A number of columns rounded up to whole vectors of 16.
  static func padded(_ columns: Int) -> Int { (columns + 15) / 16 * 16 }

  /// A row stride for `columns` columns that uses all sets of the first cache: an odd number of cache lines.
  static func spreadStride(_ columns: Int) -> Int { (padded(columns) / 16 | 1) * 16 }
}
