internal import CNumeralCPU

// The first layer where four pixels of five are zero. Forward: a sample adds the weight rows of its lit pixels in ascending
// order, pass by pass, so that a part of the weight rows stays close while all samples go by. Gradient: a pixel adds the
// deltas of the samples in which it is lit, in order. Both are the same sums: over the entries of a list, the number of
// the entry's byte times a row.
//
// They are generic over the width of a tile and always inlined, so each use is compiled for its own width. One file, and
// its types private, because the memory functions of any other type are weak symbols under one name in all instruction
// sets' objects; `Scripts/check-kernel-symbols.sh` guards that.

/// See ``numeral_kernel_table/sparse_product``.
func sparseProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ entries: UnsafePointer<UInt16>,
  _ firsts: UnsafePointer<UInt32>, _ starts: UnsafePointer<UInt16>, _ rows: UnsafePointer<Int32>, _ samples: Int,
  _ blocks: Int, _ pixelsPerBlock: Int, _ blocksPerPass: Int, _ values: UnsafePointer<Float>,
  _ weights: UnsafePointer<Float>, _ weightStride: Int, _ bias: UnsafePointer<Float>, _ columns: Int,
  _ activation: Int32, _ slope: Float, _ ahead: UnsafePointer<Int32>, _ aheadCount: Int
) {
  let lists = Lists(entries: entries, firsts: firsts, starts: starts, blocks: blocks)
  let perSample = samples > 0 ? (aheadCount + samples - 1) / samples : 0
  var j = 0
  while j < columns {
    var width = 0
    var b = 0
    repeat {
      let next = blocks - b > blocksPerPass ? b + blocksPerPass : blocks
      let sums = Sums(
        out: out + j, outStride: outStride, count: samples, values: values,
        rows: weights + (b * pixelsPerBlock * weightStride + j), stride: weightStride, isBegun: b > 0,
        ending: next < blocks ? .unfinished : .bias(bias + j))
      let (isFirst, from, line) = (j == 0, b, b / blocksPerPass)
      width = sums.compute(columns - j, widest: 128) { sample in
        // The entries wanted next are asked for beside the first tile's sums, one cache line of them a pass.
        if isFirst {
          lists.fetch(ahead, sample * perSample, smaller((sample + 1) * perSample, aheadCount), line)
        }
        return lists.entries(of: Int(rows[sample]), from, next)
      }
      b = next
    } while b < blocks
    j += width
  }
  activate(out, outStride, samples, columns, activation, slope)
}

/// See ``numeral_kernel_table/sparse_gradient``.
func sparseGradient(
  _ gradient: UnsafeMutablePointer<Float>, _ gradientStride: Int, _ lists: UnsafePointer<UInt16>, _ listStride: Int,
  _ counts: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, _ deltaStride: Int,
  _ rows: Int, _ columns: Int, _ accumulates: Bool
) {
  var j = 0
  while j < columns {
    let sums = Sums(
      out: gradient + j, outStride: gradientStride, count: rows, values: values, rows: delta + j, stride: deltaStride,
      isBegun: accumulates, ending: .plain)
    // 64 columns at most, so that 128 samples' deltas fit into the first cache.
    j += sums.compute(columns - j, widest: 64) { pixel in
      let first = lists + pixel * listStride
      return Entries(first: first, end: first + Int(counts[pixel]))
    }
  }
}

/// Entries that lie together: `row << 8 | byte` each.
private struct Entries {
  let first: UnsafePointer<UInt16>
  let end: UnsafePointer<UInt16>

  @inline(__always) var count: Int { end - first }
}

/// The lists of lit pixels, picture by picture.
private struct Lists {
  let entries: UnsafePointer<UInt16>
  let firsts: UnsafePointer<UInt32>
  let starts: UnsafePointer<UInt16>
  let blocks: Int

  /// The entries of a picture in some blocks.
  @inline(__always) func entries(of number: Int, _ from: Int, _ to: Int) -> Entries {
    let range = starts + number * (blocks + 1)
    let own = entries + Int(firsts[number])
    return Entries(first: own + Int(range[from]), end: own + Int(range[to]))
  }

  /// Asks for one cache line of entries of some pictures, with the first also for where their blocks start.
  ///
  /// Pictures lie anywhere in memory, and each would be waited for: without this a step of `two-hidden` took 6,100 cycles
  /// a sample, with it 5,300. A little at a time, because a core can wait for some twenty lines at once.
  @inline(__always) func fetch(_ numbers: UnsafePointer<Int32>, _ from: Int, _ to: Int, _ line: Int) {
    var place = from
    while place < to {
      let number = Int(numbers[place])
      numeral_prefetch(entries + (Int(firsts[number]) + line * 32))
      if line == 0 {
        let start = starts + number * (blocks + 1)
        numeral_prefetch(start)
        numeral_prefetch(start + blocks)
      }
      place += 1
    }
  }
}

/// Sums over lists of entries, one list for each row of the output.
private struct Sums {
  let out: UnsafeMutablePointer<Float>
  let outStride: Int
  /// The number of lists.
  let count: Int
  /// The number for each byte.
  let values: UnsafePointer<Float>
  /// What the entries' rows are.
  let rows: UnsafePointer<Float>
  let stride: Int
  /// Whether the output holds sums to go on with.
  let isBegun: Bool
  let ending: Ending

  /// What becomes of a sum.
  enum Ending {
    /// It is stored as it is; more is to come.
    case unfinished
    /// The bias is added, and +0, so that no negative zero is left.
    case bias(UnsafePointer<Float>)
    /// +0 is added.
    case plain
  }

  /// Computes as many of the columns as a tile holds, and returns their number.
  ///
  /// Two units that take four cycles want eight sums in flight, so narrow tiles take several lists at a time. AVX2 has half
  /// of the registers, each half as wide.
  @inline(__always) func compute(_ columns: Int, widest: Int, _ entries: (Int) -> Entries) -> Int {
    #if KERNELS_AVX512
      if columns >= 128, widest >= 128 { return twoByTwo(Row8.self, entries) }
      if columns >= 64 { return twoByTwo(Row4.self, entries) }
      if columns >= 48 { return fourByFour(Row3.self, entries) }
      if columns >= 32 { return fourByFour(Row2.self, entries) }
    #else
      if columns >= 64 { return oneByOne(Row4.self, 0, entries) }
      if columns >= 48 { return oneByOne(Row3.self, 0, entries) }
      if columns >= 32 { return twoByTwo(Row2.self, entries) }
    #endif
    return fourByFour(Row1.self, entries)
  }

  @inline(__always) private func oneByOne<Row: RowOfVectors>(
    _ type: Row.Type, _ first: Int, _ entries: (Int) -> Entries
  ) -> Int {
    var i = first
    if i >= count { return type.width }
    var next = entries(i)
    while i < count {
      let list = next
      next = ahead(i + 1, entries)
      var sum = begin(type, i)
      add(&sum, list, 0)
      end(sum, i)
      i += 1
    }
    return type.width
  }

  /// The entries of a list that will be wanted soon, asked for now: how long the list at hand is cannot be predicted, and
  /// behind a misprediction each load would be waited for in turn.
  @inline(__always) private func ahead(_ i: Int, _ entries: (Int) -> Entries) -> Entries {
    let list = entries(i < count ? i : count - 1)
    numeral_prefetch(list.first)
    return list
  }

  @inline(__always) private func twoByTwo<Row: RowOfVectors>(_ type: Row.Type, _ entries: (Int) -> Entries) -> Int {
    var i = 0
    if count < 2 { return oneByOne(type, i, entries) }
    var (next0, next1) = (entries(0), entries(1))
    while i + 1 < count {
      let (l0, l1) = (next0, next1)
      next0 = ahead(i + 2, entries)
      next1 = ahead(i + 3, entries)
      var (s0, s1) = (begin(type, i), begin(type, i + 1))
      let shared = smaller(l0.count, l1.count)
      var e = 0
      while e < shared {
        add(&s0, l0.first[e])
        add(&s1, l1.first[e])
        e += 1
      }
      add(&s0, l0, shared)
      add(&s1, l1, shared)
      end(s0, i)
      end(s1, i + 1)
      i += 2
    }
    return oneByOne(type, i, entries)
  }

  @inline(__always) private func fourByFour<Row: RowOfVectors>(_ type: Row.Type, _ entries: (Int) -> Entries) -> Int {
    var i = 0
    if count < 4 { return oneByOne(type, i, entries) }
    var (next0, next1, next2, next3) = (entries(0), entries(1), entries(2), entries(3))
    while i + 3 < count {
      let (l0, l1, l2, l3) = (next0, next1, next2, next3)
      (next0, next1) = (ahead(i + 4, entries), ahead(i + 5, entries))
      (next2, next3) = (ahead(i + 6, entries), ahead(i + 7, entries))
      var (s0, s1, s2, s3) = (begin(type, i), begin(type, i + 1), begin(type, i + 2), begin(type, i + 3))
      let shared = smaller(smaller(l0.count, l1.count), smaller(l2.count, l3.count))
      var e = 0
      while e < shared {
        add(&s0, l0.first[e])
        add(&s1, l1.first[e])
        add(&s2, l2.first[e])
        add(&s3, l3.first[e])
        e += 1
      }
      add(&s0, l0, shared)
      add(&s1, l1, shared)
      add(&s2, l2, shared)
      add(&s3, l3, shared)
      end(s0, i)
      end(s1, i + 1)
      end(s2, i + 2)
      end(s3, i + 3)
      i += 4
    }
    return oneByOne(type, i, entries)
  }

  @inline(__always) private func begin<Row: RowOfVectors>(_ type: Row.Type, _ i: Int) -> Row {
    Row(out + i * outStride, isRead: isBegun)
  }

  /// Adds an entry's row times the number of its byte.
  @inline(__always) private func add<Row: RowOfVectors>(_ sum: inout Row, _ entry: UInt16) {
    sum.add(Vector(repeating: values[Int(entry & 255)]), rows + Int(entry &>> 8) * stride)
  }

  /// Adds the entries of a list from a place on.
  @inline(__always) private func add<Row: RowOfVectors>(_ sum: inout Row, _ list: Entries, _ place: Int) {
    var e = list.first + place
    while e < list.end {
      add(&sum, e.pointee)
      e += 1
    }
  }

  @inline(__always) private func end<Row: RowOfVectors>(_ sum: Row, _ i: Int) {
    let row = out + i * outStride
    switch ending {
    case .unfinished: sum.write(row)
    case .bias(let bias): sum.finish(row, plus: bias)
    case .plain: sum.finish(row)
    }
  }
}

@inline(__always) private func smaller(_ a: Int, _ b: Int) -> Int { a < b ? a : b }

// MARK: Some neighbouring vectors of a row, held in registers

private protocol RowOfVectors {
  /// The number of columns.
  static var width: Int { get }
  /// Reads the row, or starts from zero.
  init(_ row: UnsafePointer<Float>, isRead: Bool)
  /// Adds `x · row`.
  mutating func add(_ x: Vector, _ row: UnsafePointer<Float>)
  /// Writes the row as it is.
  func write(_ row: UnsafeMutablePointer<Float>)
  /// Writes the row with a bias and +0 added.
  func finish(_ row: UnsafeMutablePointer<Float>, plus bias: UnsafePointer<Float>)
  /// Writes the row with +0 added.
  func finish(_ row: UnsafeMutablePointer<Float>)
}

private struct Row1: RowOfVectors {
  @inline(__always) static var width: Int { 16 }
  private var sum: Vector

  @inline(__always) init(_ row: UnsafePointer<Float>, isRead: Bool) {
    sum = isRead ? load(row) : Vector(repeating: 0)
  }

  @inline(__always) mutating func add(_ x: Vector, _ row: UnsafePointer<Float>) { sum = multiplyAdd(sum, x, load(row)) }

  @inline(__always) func write(_ row: UnsafeMutablePointer<Float>) { store(sum, row) }

  @inline(__always) func finish(_ row: UnsafeMutablePointer<Float>, plus bias: UnsafePointer<Float>) {
    store((sum + load(bias)) + Vector(repeating: 0), row)
  }

  @inline(__always) func finish(_ row: UnsafeMutablePointer<Float>) { store(sum + Vector(repeating: 0), row) }
}

private struct SideBySide<Left: RowOfVectors, Right: RowOfVectors>: RowOfVectors {
  @inline(__always) static var width: Int { Left.width + Right.width }
  private var left: Left
  private var right: Right

  @inline(__always) init(_ row: UnsafePointer<Float>, isRead: Bool) {
    left = Left(row, isRead: isRead)
    right = Right(row + Left.width, isRead: isRead)
  }

  @inline(__always) mutating func add(_ x: Vector, _ row: UnsafePointer<Float>) {
    left.add(x, row)
    right.add(x, row + Left.width)
  }

  @inline(__always) func write(_ row: UnsafeMutablePointer<Float>) {
    left.write(row)
    right.write(row + Left.width)
  }

  @inline(__always) func finish(_ row: UnsafeMutablePointer<Float>, plus bias: UnsafePointer<Float>) {
    left.finish(row, plus: bias)
    right.finish(row + Left.width, plus: bias + Left.width)
  }

  @inline(__always) func finish(_ row: UnsafeMutablePointer<Float>) {
    left.finish(row)
    right.finish(row + Left.width)
  }
}

private typealias Row2 = SideBySide<Row1, Row1>
private typealias Row3 = SideBySide<Row2, Row1>
private typealias Row4 = SideBySide<Row2, Row2>
private typealias Row8 = SideBySide<Row4, Row4>
