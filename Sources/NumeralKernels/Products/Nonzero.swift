internal import CNumeralCPU

// Products with inputs of which many are zero: after ReLU at least two of five. Zero inputs are left out, as zero
// pixels are; a bit for each input says whether it is non-zero. Four vectors of columns at a time: one execution unit
// with a latency of four cycles needs as many sums in parallel. Measured on Zen 4, 64 inputs and 64 units, cycles a
// sample on one thread: forward 270 → 180, gradient 290 → 225, packing and update included.

/// Puts the kernels of this file into the table.
func putNonzeroProducts(into table: inout numeral_kernel_table) {
  table.products.nonzero_partial_product = nonzeroPartialProduct
  table.products.nonzero_product_through_relu = nonzeroProductThroughReLU
  table.products.nonzero_gradient = nonzeroGradient
}

/// See ``numeral_product_kernels/nonzero_partial_product``.
private func nonzeroPartialProduct(
  _ sums: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>,
  _ weights: UnsafePointer<numeral_matrix>, _ accumulates: Bool
) {
  let (sums, input, weights) = (sums.pointee, input.pointee, weights.pointee)
  let columns = wholeVectors(sums.columns)
  var j = 0
  while j < columns {
    let rows = WeightRows(base: weights.base + j, termStride: weights.stride, vectorStride: 16)
    forEachSample(input, sums.rows) { s, terms in
      let target = sums.base + (s * sums.stride + j)
      var four = accumulates ? load4(target) : zero4()
      add(&four, terms, rows)
      finish(four, target)
    }
    j += 64
  }
}

/// See ``numeral_product_kernels/nonzero_product_through_relu``.
private func nonzeroProductThroughReLU(
  _ out: UnsafePointer<numeral_matrix>, _ y: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>,
  _ panels: UnsafePointer<Float>
) {
  let (out, input) = (out.pointee, input.pointee)
  let y = UnsafePointer(y.pointee.base)
  let columns = wholeVectors(out.columns)
  let panelSize = (1 + input.columns) * 16
  let zero = Vector(repeating: 0)
  var j = 0
  while j < columns {
    let rows = WeightRows(base: panels + ((j &>> 4) * panelSize + 16), termStride: 16, vectorStride: panelSize)
    forEachSample(input, out.rows) { s, terms in
      var four = zero4()
      add(&four, terms, rows)
      let place = s * out.stride + j
      let (target, own) = (out.base + place, y + place)
      store(throughRectified(four.0 + zero, load(own)), target)
      store(throughRectified(four.1 + zero, load(own + 16)), target + 16)
      store(throughRectified(four.2 + zero, load(own + 32)), target + 32)
      store(throughRectified(four.3 + zero, load(own + 48)), target + 48)
    }
    j += 64
  }
}

/// Four neighbouring vectors.
private typealias Four = (Vector, Vector, Vector, Vector)

@inline(__always) private func zero4() -> Four {
  let zero = Vector(repeating: 0)
  return (zero, zero, zero, zero)
}

@inline(__always) private func load4(_ at: UnsafeMutablePointer<Float>) -> Four {
  (load(at), load(at + 16), load(at + 32), load(at + 48))
}

/// Writes finished sums. +0 is added, so no negative zero is left.
@inline(__always) private func finish(_ four: Four, _ at: UnsafeMutablePointer<Float>) {
  let zero = Vector(repeating: 0)
  store(four.0 + zero, at)
  store(four.1 + zero, at + 16)
  store(four.2 + zero, at + 32)
  store(four.3 + zero, at + 48)
}

/// The terms of a sample, and a bit for each of the first 64 of them: set if it is non-zero.
private struct Terms {
  let row: UnsafePointer<Float>
  let count: Int
  let bits: UInt64
}

/// The first vector of the first term's weights, and the distances to the other three vectors and to the next term.
private struct WeightRows {
  let base: UnsafePointer<Float>
  let termStride: Int
  let vectorStride: Int
}

/// Calls a body with each sample and its terms.
@inline(__always) private func forEachSample(_ input: numeral_matrix, _ samples: Int, _ body: (Int, Terms) -> Void) {
  if samples == 0 { return }
  let count = input.columns
  var s = 0
  // The bits of the next sample are computed before the current one is processed, because its loop end cannot be
  // predicted.
  var next = nonzeroTerms(input.base, count)
  while s < samples {
    let row = input.base + s * input.stride
    let bits = next
    if s + 1 < samples { next = nonzeroTerms(row + input.stride, count) }
    body(s, Terms(row: row, count: count, bits: bits))
    s += 1
  }
}

/// Adds a sample's non-zero terms to four vectors of sums.
@inline(__always) private func add(_ sums: inout Four, _ terms: Terms, _ weights: WeightRows) {
  var first = 0
  var bits = terms.bits
  while true {
    while bits != 0 {
      let k = first + bits.trailingZeroBitCount
      bits &= bits &- 1
      let x = spread(terms.row + k)
      let w = weights.base + k * weights.termStride
      sums.0 = multiplyAdd(sums.0, x, load(w))
      sums.1 = multiplyAdd(sums.1, x, load(w + weights.vectorStride))
      sums.2 = multiplyAdd(sums.2, x, load(w + 2 * weights.vectorStride))
      sums.3 = multiplyAdd(sums.3, x, load(w + 3 * weights.vectorStride))
    }
    first += 64
    if first >= terms.count { break }
    bits = nonzeroTerms(terms.row + first, terms.count - first)
  }
}

/// See ``numeral_product_kernels/nonzero_gradient``.
private func nonzeroGradient(
  _ gradient: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>,
  _ delta: UnsafePointer<numeral_matrix>, _ accumulates: Bool
) {
  let (gradient, input, delta) = (gradient.pointee, input.pointee, delta.pointee)
  let (samples, rows) = (delta.rows, gradient.rows)
  let none = SIMD64<UInt8>(repeating: 0)
  var room = (none, none, none, none)
  var first = 0
  // 128 samples at a time: one loop with an unpredictable end instead of two.
  repeat {
    let count = samples - first < 128 ? samples - first : 128
    var row = 0
    while row < rows {
      let part = GradientRows(
        gradient: gradient.base + row * gradient.stride, gradientStride: gradient.stride,
        input: input.base + (first * input.stride + row), inputStride: input.stride,
        delta: delta.base + first * delta.stride, deltaStride: delta.stride, samples: count,
        rows: rows - row < 16 ? rows - row : 16, columns: wholeVectors(delta.columns))
      part.compute(&room, accumulates || first > 0)
      row += 16
    }
    first += 128
  } while first < samples
}

/// At most sixteen rows of a gradient over at most 128 samples.
private struct GradientRows {
  let gradient: UnsafeMutablePointer<Float>
  let gradientStride: Int
  let input: UnsafePointer<Float>
  let inputStride: Int
  let delta: UnsafePointer<Float>
  let deltaStride: Int
  let samples: Int
  let rows: Int
  let columns: Int

  /// Computes them; the scratch memory has a bit for each row and sample.
  @inline(__always) func compute(_ room: UnsafeMutableRawPointer, _ accumulates: Bool) {
    let bytes = room.assumingMemoryBound(to: UInt8.self)
    note(bytes, input, inputStride, samples)
    var j = 0
    while j < columns {
      var (next, nextOthers) = (nonzeroSamples(bytes, 0), nonzeroSamples(bytes + 64, 0))
      var row = 0
      while row < rows {
        let column = input + row
        let target = gradient + (row * gradientStride + j)
        let deltas = delta + j
        var bits = next
        let others = nextOthers
        var left = bits.nonzeroBitCount + others.nonzeroBitCount
        // As with terms, the next row's bits are ready before this row ends.
        (next, nextOthers) = (nonzeroSamples(bytes, row + 1 & 15), nonzeroSamples(bytes + 64, row + 1 & 15))
        var four = accumulates ? load4(target) : zero4()
        var base = 0
        while left > 0 {
          base = bits == 0 ? 64 : base
          bits = bits == 0 ? others : bits
          let sample = base + bits.trailingZeroBitCount
          bits &= bits &- 1
          let x = spread(column + sample * inputStride)
          let w = deltas + sample * deltaStride
          four.0 = multiplyAdd(four.0, x, load(w))
          four.1 = multiplyAdd(four.1, x, load(w + 16))
          four.2 = multiplyAdd(four.2, x, load(w + 32))
          four.3 = multiplyAdd(four.3, x, load(w + 48))
          left -= 1
        }
        finish(four, target)
        row += 1
      }
      j += 64
    }
  }
}

/// A bit for each of at most 64 terms, set if it is non-zero.
@inline(__always) private func nonzeroTerms(_ row: UnsafePointer<Float>, _ terms: Int) -> UInt64 {
  var bits = UInt64(numeral_nonzero_floats(row))
  if terms > 16 { bits |= UInt64(numeral_nonzero_floats(row + 16)) &<< 16 }
  if terms > 32 { bits |= UInt64(numeral_nonzero_floats(row + 32)) &<< 32 }
  if terms > 48 { bits |= UInt64(numeral_nonzero_floats(row + 48)) &<< 48 }
  return terms < 64 ? bits & (1 &<< UInt64(terms) &- 1) : bits
}

/// Records which numbers of sixteen columns are non-zero: a byte of bits for each of 128 samples, then one for the last
/// eight columns.
@inline(__always) private func note(
  _ bytes: UnsafeMutablePointer<UInt8>, _ rows: UnsafePointer<Float>, _ stride: Int, _ samples: Int
) {
  var s = 0
  while s < samples {
    let bits = numeral_nonzero_floats(rows + s * stride)
    bytes[s] = UInt8(truncatingIfNeeded: bits)
    bytes[128 + s] = UInt8(truncatingIfNeeded: bits &>> 8)
    s += 1
  }
  while s < 128 {
    bytes[s] = 0
    bytes[128 + s] = 0
    s += 1
  }
}

/// A bit for each of 64 samples: set if its number in a column was recorded as non-zero.
@inline(__always) private func nonzeroSamples(_ bytes: UnsafePointer<UInt8>, _ column: Int) -> UInt64 {
  numeral_bit_of_bytes(bytes + (column & 8) * 16, Int32(column & 7))
}
