internal import CNumeralCPU

// The first layer for images with four zero pixels of five. Forward: a sample adds the weight rows of its non-zero
// pixels in ascending order, pass by pass, so that the weight rows of a pass stay in the cache while all samples use
// them. It also records each byte under its pixel. Gradient: a pixel adds the deltas of the samples in which it is
// non-zero, in order; two neighbouring pixels are processed together.
//
// The types are generic over the width of a tile and always inlined, so each use is compiled for its own width. They
// are private and in one file, because the memory functions of any other type are weak symbols under one name in the
// objects of all instruction sets; `Scripts/check-kernel-symbols.sh` guards against that.
// instruction sets' objects; `Scripts/check-kernel-symbols.sh` guards that.

/// Puts the kernels of this file into the table.
func putSparseProducts(into table: inout numeral_kernel_table) {
  table.sparse.product = sparseProduct
  table.sparse.gradient = sparseGradient
  table.sparse.descend = sparseDescend
}

/// See ``numeral_sparse_kernels/product``.
private func sparseProduct(
  _ out: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_pixel_lists>,
  _ weights: UnsafePointer<numeral_matrix>, _ bias: UnsafePointer<Float>,
  _ activation: UnsafePointer<numeral_activation>, _ notes: UnsafePointer<numeral_pixel_notes>?
) {
  let (out, weights, activation) = (out.pointee, weights.pointee, activation.pointee)
  let (records, firsts) = (input.pointee.records, input.pointee.firsts)
  let (passes, pixelsPerPass) = (input.pointee.passes, input.pointee.pixels_per_pass)
  let values = input.pointee.values
  let columns = wholeVectors(out.columns)
  let isRectified = activation.function == numeral_activation_relu
  if out.rows == 0 { return }
  let lists = Lists(records: records, cursors: input.pointee.cursors, count: out.rows)
  var j = 0
  while j < columns {
    lists.begin(firsts)
    var width = 0
    var pass = 0
    while pass < passes {
      let sums = Sums(
        out: out.base + j, outStride: out.stride, values: values,
        weights: weights.base + (pass * pixelsPerPass * weights.stride + j), stride: weights.stride, isBegun: pass > 0,
        bias: pass + 1 < passes ? nil : bias + j, isRectified: isRectified)
      if j == 0, let notes {
        let transposed = notes.pointee.transposed
        let notes = Notes(
          target: transposed.base + pass * pixelsPerPass * transposed.stride, stride: transposed.stride,
          records: records + pass * 32, ahead: notes.pointee.ahead)
        width = sums.compute(lists, columns, notes)
      } else {
        width = sums.compute(lists, columns - j, NoNotes())
      }
      pass += 1
    }
    j += width
  }
  if !isRectified { activate(out.base, out.stride, out.rows, columns, activation) }
}

/// The lists of some images, read pass by pass. A small array holds the start of each image's next list, so that it can
/// be prefetched before anything of the image is read.
private struct Lists {
  let records: UnsafePointer<UInt16>
  let cursors: UnsafeMutablePointer<UInt32>
  let count: Int

  @inline(__always) func begin(_ firsts: UnsafePointer<UInt32>) {
    var sample = 0
    while sample < count {
      cursors[sample] = firsts[sample]
      sample += 1
    }
    // The prefetch target after the last sample.
    while sample < count + 4 {
      cursors[sample] = firsts[0]
      sample += 1
    }
  }

  /// The next list of a sample.
  @inline(__always) func take(_ sample: Int) -> List {
    let place = Int(cursors[sample])
    let list = List(first: records + place + 1, count: Int(records[place]))
    cursors[sample] = UInt32(truncatingIfNeeded: place + 1 + list.count)
    return list
  }

  /// Prefetches the next list of a sample that will be read soon. A list is fetched before the current one is
  /// processed. The end of the current list cannot be predicted, and after a misprediction each load would be waited
  /// for in turn.
  @inline(__always) func prefetch(_ sample: Int) {
    numeral_prefetch_near(records + Int(cursors[sample]))
  }
}

/// Entries of one image and pass: `pixel << 8 | byte`; the pixel is counted from the first of the pass.
private struct List {
  let first: UnsafePointer<UInt16>
  let count: Int
}

/// Extra work during the sums of the first columns.
private protocol BesideSums {
  /// Called before a sample's list.
  func begin(_ sample: Int)
  /// Called at each entry.
  func note(_ byte: Int, _ pixel: Int, _ sample: Int)
}

private struct NoNotes: BesideSums {
  @inline(__always) func begin(_ sample: Int) {}
  @inline(__always) func note(_ byte: Int, _ pixel: Int, _ sample: Int) {}
}

/// Writes each byte to the row of its pixel, and prefetches the records that are needed next.
private struct Notes: BesideSums {
  let target: UnsafeMutablePointer<UInt8>
  let stride: Int
  /// Advanced to the cache line of a record that this pass prefetches.
  let records: UnsafePointer<UInt16>
  let ahead: UnsafePointer<UInt32>

  /// Prefetches one cache line of the record that corresponds to a sample. Images are scattered in memory, and each
  /// would be waited for: without this a step of `two-hidden` took 6,100 cycles a sample, with it 5,300. Only one line
  /// for each pass, because a core can wait for about twenty lines at once: fetching a whole record at once, next to
  /// the gradient, took 64.6 ms an epoch instead of 62.5.
  @inline(__always) func begin(_ sample: Int) {
    numeral_prefetch(records + Int(ahead[sample]))
  }

  @inline(__always) func note(_ byte: Int, _ pixel: Int, _ sample: Int) {
    target[pixel * stride + sample] = UInt8(truncatingIfNeeded: byte)
  }
}

/// Sums over lists of entries, one list for each row of the output.
private struct Sums {
  let out: UnsafeMutablePointer<Float>
  let outStride: Int
  /// The number for each byte.
  let values: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let stride: Int
  /// Whether the output holds sums to continue.
  let isBegun: Bool
  /// The bias to add at the end, together with +0, so no negative zero is left; nil if more terms follow.
  let bias: UnsafePointer<Float>?
  /// Whether max(result, 0) is written instead: ReLU.
  let isRectified: Bool

  /// Computes as many of the columns as a tile holds, and returns their number.
  ///
  /// Two execution units with a latency of four cycles need eight sums in parallel, so narrow tiles process several
  /// lists at a time. For 64 columns one list is enough on Zen 4, which has one such unit for this: 1,060 cycles a
  /// sample, 1,100 for two lists. For cores with two units this was not measured. AVX2 has half of the registers, each
  /// of half the width.
  @inline(__always) func compute<Beside: BesideSums>(_ lists: Lists, _ columns: Int, _ beside: Beside) -> Int {
    #if KERNELS_AVX512
      if columns >= 128 { return oneByOne(Row8.self, 0, lists, beside) }
      if columns >= 64 { return oneByOne(Row4.self, 0, lists, beside) }
      if columns >= 48 { return fourByFour(Row3.self, lists, beside) }
      if columns >= 32 { return fourByFour(Row2.self, lists, beside) }
    #else
      if columns >= 64 { return oneByOne(Row4.self, 0, lists, beside) }
      if columns >= 48 { return oneByOne(Row3.self, 0, lists, beside) }
      if columns >= 32 { return twoByTwo(Row2.self, lists, beside) }
    #endif
    return fourByFour(Row1.self, lists, beside)
  }

  @inline(__always) private func oneByOne<Row: RowOfVectors, Beside: BesideSums>(
    _ type: Row.Type, _ first: Int, _ lists: Lists, _ beside: Beside
  ) -> Int {
    if stride == Row.width { return oneByOne(type, first, lists, beside, Row.width) }
    return oneByOne(type, first, lists, beside, stride)
  }

  @inline(__always) private func oneByOne<Row: RowOfVectors, Beside: BesideSums>(
    _ type: Row.Type, _ first: Int, _ lists: Lists, _ beside: Beside, _ stride: Int
  ) -> Int {
    let weights = weights
    var i = first
    if i >= lists.count { return type.width }
    var next = lists.take(i)
    while i < lists.count {
      beside.begin(i)
      let list = next
      if i + 1 < lists.count {
        next = lists.take(i + 1)
        lists.prefetch(i + 2)
      }
      var sum = begin(type, i)
      // Four entries are loaded at a time, because loads limit this loop. Memory after a list is always readable.
      var left = list.count
      var at = list.first
      while true {
        let four = numeral_load_four(at)
        if left <= 0 { break }
        add(&sum, four, weights, stride, i, beside)
        if left <= 1 { break }
        add(&sum, four &>> 16, weights, stride, i, beside)
        if left <= 2 { break }
        add(&sum, four &>> 32, weights, stride, i, beside)
        if left <= 3 { break }
        add(&sum, four &>> 48, weights, stride, i, beside)
        at += 4
        left -= 4
      }
      end(sum, i)
      i += 1
    }
    return type.width
  }

  @inline(__always) private func twoByTwo<Row: RowOfVectors, Beside: BesideSums>(
    _ type: Row.Type, _ lists: Lists, _ beside: Beside
  ) -> Int {
    var i = 0
    if lists.count < 2 { return oneByOne(type, i, lists, beside) }
    var (next0, next1) = (lists.take(0), lists.take(1))
    while i + 1 < lists.count {
      beside.begin(i)
      beside.begin(i + 1)
      let (l0, l1) = (next0, next1)
      if i + 3 < lists.count {
        (next0, next1) = (lists.take(i + 2), lists.take(i + 3))
        lists.prefetch(i + 4)
        lists.prefetch(i + 5)
      }
      var (s0, s1) = (begin(type, i), begin(type, i + 1))
      let shared = smaller(l0.count, l1.count)
      var e = 0
      while e < shared {
        add(&s0, l0.first[e], i, beside)
        add(&s1, l1.first[e], i + 1, beside)
        e += 1
      }
      add(&s0, l0, shared, i, beside)
      add(&s1, l1, shared, i + 1, beside)
      end(s0, i)
      end(s1, i + 1)
      i += 2
    }
    return oneByOne(type, i, lists, beside)
  }

  @inline(__always) private func fourByFour<Row: RowOfVectors, Beside: BesideSums>(
    _ type: Row.Type, _ lists: Lists, _ beside: Beside
  ) -> Int {
    var i = 0
    if lists.count < 4 { return oneByOne(type, i, lists, beside) }
    var (next0, next1) = (lists.take(0), lists.take(1))
    var (next2, next3) = (lists.take(2), lists.take(3))
    while i + 3 < lists.count {
      beside.begin(i)
      beside.begin(i + 1)
      beside.begin(i + 2)
      beside.begin(i + 3)
      let (l0, l1, l2, l3) = (next0, next1, next2, next3)
      if i + 7 < lists.count {
        (next0, next1) = (lists.take(i + 4), lists.take(i + 5))
        (next2, next3) = (lists.take(i + 6), lists.take(i + 7))
        lists.prefetch(i + 8)
        lists.prefetch(i + 9)
        lists.prefetch(i + 10)
        lists.prefetch(i + 11)
      }
      var (s0, s1, s2, s3) = (begin(type, i), begin(type, i + 1), begin(type, i + 2), begin(type, i + 3))
      let shared = smaller(smaller(l0.count, l1.count), smaller(l2.count, l3.count))
      var e = 0
      while e < shared {
        add(&s0, l0.first[e], i, beside)
        add(&s1, l1.first[e], i + 1, beside)
        add(&s2, l2.first[e], i + 2, beside)
        add(&s3, l3.first[e], i + 3, beside)
        e += 1
      }
      add(&s0, l0, shared, i, beside)
      add(&s1, l1, shared, i + 1, beside)
      add(&s2, l2, shared, i + 2, beside)
      add(&s3, l3, shared, i + 3, beside)
      end(s0, i)
      end(s1, i + 1)
      end(s2, i + 2)
      end(s3, i + 3)
      i += 4
    }
    return oneByOne(type, i, lists, beside)
  }

  @inline(__always) private func begin<Row: RowOfVectors>(_ type: Row.Type, _ i: Int) -> Row {
    Row(out + i * outStride, isRead: isBegun)
  }

  /// Adds an entry's weights times the number of its byte.
  @inline(__always) private func add<Row: RowOfVectors, Beside: BesideSums>(
    _ sum: inout Row, _ entry: UInt16, _ sample: Int, _ beside: Beside
  ) {
    add(&sum, UInt64(entry), weights, stride, sample, beside)
  }

  /// The same for an entry in the lowest bits.
  @inline(__always) private func add<Row: RowOfVectors, Beside: BesideSums>(
    _ sum: inout Row, _ entry: UInt64, _ weights: UnsafePointer<Float>, _ stride: Int, _ sample: Int, _ beside: Beside
  ) {
    let byte = Int(truncatingIfNeeded: entry & 255)
    let pixel = Int(truncatingIfNeeded: entry &>> 8 & 255)
    sum.add(spread(values + byte), weights + pixel * stride)
    beside.note(byte, pixel, sample)
  }

  /// Adds the entries of a list from an index on.
  @inline(__always) private func add<Row: RowOfVectors, Beside: BesideSums>(
    _ sum: inout Row, _ list: List, _ place: Int, _ sample: Int, _ beside: Beside
  ) {
    var e = place
    while e < list.count {
      add(&sum, list.first[e], sample, beside)
      e += 1
    }
  }

  @inline(__always) private func end<Row: RowOfVectors>(_ sum: Row, _ i: Int) {
    let row = out + i * outStride
    if let bias { sum.finish(row, plus: bias, isRectified) } else { sum.write(row) }
  }
}

@inline(__always) private func smaller(_ a: Int, _ b: Int) -> Int { a < b ? a : b }

// MARK: Gradient

/// See ``numeral_sparse_kernels/gradient``.
private func sparseGradient(
  _ gradient: UnsafePointer<numeral_matrix>, _ transposed: UnsafePointer<numeral_transposed_pixels>,
  _ values: UnsafePointer<Float>, _ delta: UnsafePointer<numeral_matrix>, _ accumulates: Bool
) {
  let sums = PairSums(transposed.pointee.stride, values, delta.pointee, accumulates ? .accumulate : .write)
  sums.compute(gradient.pointee, transposed.pointee.base)
}

/// See ``numeral_sparse_kernels/descend``.
private func sparseDescend(
  _ weights: UnsafePointer<numeral_matrix>, _ transposed: UnsafePointer<numeral_transposed_pixels>,
  _ values: UnsafePointer<Float>, _ delta: UnsafePointer<numeral_matrix>, _ rate: Float
) {
  let sums = PairSums(transposed.pointee.stride, values, delta.pointee, .descend(-rate))
  sums.compute(weights.pointee, transposed.pointee.base)
}

/// What is done with finished sums.
private enum Ending {
  case write
  /// They continue the present values.
  case accumulate
  /// The present values move along the sums, multiplied by this factor.
  case descend(Float)
}

/// The gradients of two neighbouring pixels' weights. Strokes are wider than a pixel, so if one is non-zero in a
/// sample, the other usually is too, and each loaded delta serves both. If only one is non-zero, the other adds
/// nothing: 0 · δ.
private struct PairSums {
  /// The bytes of a pixel: whole cache lines.
  let samples: Int
  let values: UnsafePointer<Float>
  let delta: UnsafePointer<Float>
  let stride: Int
  let columns: Int
  let ending: Ending

  @inline(__always) init(
    _ samples: Int, _ values: UnsafePointer<Float>, _ delta: numeral_matrix, _ ending: Ending
  ) {
    self.samples = samples
    self.values = values
    self.delta = UnsafePointer(delta.base)
    stride = delta.stride
    columns = wholeVectors(delta.columns)
    self.ending = ending
  }

  /// Processes pixels in pairs and clears their bytes. The last pixel of an odd number is paired with itself.
  @inline(__always) func compute(_ target: numeral_matrix, _ transposed: UnsafeMutablePointer<UInt8>) {
    let pixels = target.rows
    var pixel = 0
    while pixel < pixels {
      let step = pixel + 1 < pixels ? 1 : 0
      let upper = transposed + pixel * samples
      let lower = upper + step * samples
      let row = target.base + pixel * target.stride
      if compute(upper, lower, row, row + step * target.stride) {
        clear(upper, samples)
        clear(lower, samples)
      }
      pixel += 2
    }
  }

  /// Processes one pair; false if both are zero in all samples.
  @inline(__always) private func compute(
    _ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>, _ row: UnsafeMutablePointer<Float>,
    _ rowBelow: UnsafeMutablePointer<Float>
  ) -> Bool {
    var isNonzero = false
    var j = 0
    while j < columns {
      #if KERNELS_AVX512
        if columns - j >= 128 {
          isNonzero = sums(Row8.self, upper, lower, row + j, rowBelow + j, delta + j)
          j += 128
          continue
        }
        if columns - j >= 64 {
          isNonzero = sums(Row4.self, upper, lower, row + j, rowBelow + j, delta + j)
          j += 64
          continue
        }
      #endif
      if columns - j >= 32 {
        isNonzero = sums(Row2.self, upper, lower, row + j, rowBelow + j, delta + j)
        j += 32
      } else {
        isNonzero = sums(Row1.self, upper, lower, row + j, rowBelow + j, delta + j)
        j += 16
      }
    }
    return isNonzero
  }

  /// A tile of columns of one pair.
  @inline(__always) private func sums<Row: RowOfVectors>(
    _ type: Row.Type, _ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>,
    _ row: UnsafeMutablePointer<Float>, _ rowBelow: UnsafeMutablePointer<Float>, _ deltas: UnsafePointer<Float>
  ) -> Bool {
    let isBegun = if case .accumulate = ending { true } else { false }
    var (a, b) = (Row(row, isRead: isBegun), Row(rowBelow, isRead: isBegun))
    var isNonzero = false
    var first = 0
    while first < samples {
      // A bit for each of 128 samples: one loop with an unpredictable end instead of two.
      var nonzero = nonzeroSamples(upper + first, lower + first)
      let others = first + 64 < samples ? nonzeroSamples(upper + (first + 64), lower + (first + 64)) : 0
      var base = first
      var left = nonzero.nonzeroBitCount + others.nonzeroBitCount
      isNonzero = isNonzero || left > 0
      while left > 0 {
        base = nonzero == 0 ? first + 64 : base
        nonzero = nonzero == 0 ? others : nonzero
        let sample = base + nonzero.trailingZeroBitCount
        nonzero &= nonzero &- 1
        let delta = deltas + sample * stride
        a.add(Vector(repeating: values[Int(upper[sample])]), delta)
        b.add(Vector(repeating: values[Int(lower[sample])]), delta)
        left -= 1
      }
      first += 128
    }
    if case .descend(let factor) = ending {
      // A step along zero changes nothing.
      if isNonzero { a.move(row, factor) }
      if isNonzero, row != rowBelow { b.move(rowBelow, factor) }
    } else {
      a.finish(row)
      b.finish(rowBelow)
    }
    return isNonzero
  }
}

/// A bit for each of 64 samples: set if either pixel is non-zero.
@inline(__always) private func nonzeroSamples(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>) -> UInt64 {
  numeral_nonzero_bytes(a) | numeral_nonzero_bytes(b)
}

/// Clears some cache lines of bytes.
@inline(__always) private func clear(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) {
  var i = 0
  while i < count {
    UnsafeMutableRawPointer(bytes + i).storeBytes(of: SIMD64<UInt8>(repeating: 0), as: SIMD64<UInt8>.self)
    i += 64
  }
}

// MARK: Neighbouring vectors of a row, held in registers

private protocol RowOfVectors {
  /// The number of columns.
  static var width: Int { get }
  /// Reads the row, or starts from zero.
  init(_ row: UnsafePointer<Float>, isRead: Bool)
  /// Adds `x · row`.
  mutating func add(_ x: Vector, _ row: UnsafePointer<Float>)
  /// Writes the row as it is.
  func write(_ row: UnsafeMutablePointer<Float>)
  /// Writes the row with a bias and +0 added; if `rectified`, negative results become 0.
  func finish(_ row: UnsafeMutablePointer<Float>, plus bias: UnsafePointer<Float>, _ isRectified: Bool)
  /// Writes the row with +0 added.
  func finish(_ row: UnsafeMutablePointer<Float>)
  /// Moves a row along this one (with +0 added), multiplied by a factor.
  func move(_ row: UnsafeMutablePointer<Float>, _ factor: Float)
}

private struct Row1: RowOfVectors {
  @inline(__always) static var width: Int { 16 }
  private var sum: Vector

  @inline(__always) init(_ row: UnsafePointer<Float>, isRead: Bool) {
    sum = isRead ? load(row) : Vector(repeating: 0)
  }

  @inline(__always) mutating func add(_ x: Vector, _ row: UnsafePointer<Float>) { sum = multiplyAdd(sum, x, load(row)) }

  @inline(__always) func write(_ row: UnsafeMutablePointer<Float>) { store(sum, row) }

  @inline(__always) func finish(
    _ row: UnsafeMutablePointer<Float>, plus bias: UnsafePointer<Float>, _ isRectified: Bool
  ) {
    let ended = (sum + load(bias)) + Vector(repeating: 0)
    store(isRectified ? rectified(ended) : ended, row)
  }

  @inline(__always) func finish(_ row: UnsafeMutablePointer<Float>) { store(sum + Vector(repeating: 0), row) }

  @inline(__always) func move(_ row: UnsafeMutablePointer<Float>, _ factor: Float) {
    store(multiplyAdd(load(row), Vector(repeating: factor), sum + Vector(repeating: 0)), row)
  }
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

  @inline(__always) func finish(
    _ row: UnsafeMutablePointer<Float>, plus bias: UnsafePointer<Float>, _ isRectified: Bool
  ) {
    left.finish(row, plus: bias, isRectified)
    right.finish(row + Left.width, plus: bias + Left.width, isRectified)
  }

  @inline(__always) func finish(_ row: UnsafeMutablePointer<Float>) {
    left.finish(row)
    right.finish(row + Left.width)
  }

  @inline(__always) func move(_ row: UnsafeMutablePointer<Float>, _ factor: Float) {
    left.move(row, factor)
    right.move(row + Left.width, factor)
  }
}

private typealias Row2 = SideBySide<Row1, Row1>
private typealias Row3 = SideBySide<Row2, Row1>
private typealias Row4 = SideBySide<Row2, Row2>
private typealias Row8 = SideBySide<Row4, Row4>
