internal import CNumeralCPU

// Products with inputs of which many are zero: outputs of ReLU, two of five or more. As among pixels, what is zero is left
// out; a bit for each input says which ones those are. Four vectors of columns at a time: their sums are what one unit that
// takes four cycles wants in flight. Measured on Zen 4, 64 units before 64, cycles a sample on a thread: forward 270 → 180,
// gradient 290 → 225, packing and update included.

/// See ``numeral_kernel_table/lit_partial_product``.
func litPartialProduct(
  _ sums: UnsafeMutablePointer<Float>, _ sumsStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ weights: UnsafePointer<Float>, _ weightStride: Int, _ samples: Int, _ terms: Int, _ columns: Int,
  _ accumulates: Bool
) {
  let zero = Vector(repeating: 0)
  var j = 0
  while j < columns {
    forEachSample(input, inputStride, samples, terms) { s, row, bits in
      let target = sums + (s * sumsStride + j)
      var (a, b, c, d) = (zero, zero, zero, zero)
      if accumulates { (a, b, c, d) = (load(target), load(target + 16), load(target + 32), load(target + 48)) }
      addLit(&a, &b, &c, &d, row, terms, bits, weights + j, weightStride, 16)
      store(a + zero, target)
      store(b + zero, target + 16)
      store(c + zero, target + 32)
      store(d + zero, target + 48)
    }
    j += 64
  }
}

/// See ``numeral_kernel_table/lit_product_through_relu``.
func litProductThroughReLU(
  _ out: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>,
  _ inputStride: Int, _ panels: UnsafePointer<Float>, _ samples: Int, _ terms: Int, _ columns: Int
) {
  let panelSize = (1 + terms) * 16
  let zero = Vector(repeating: 0)
  var j = 0
  while j < columns {
    let weights = panels + ((j &>> 4) * panelSize + 16)
    forEachSample(input, inputStride, samples, terms) { s, row, bits in
      var (a, b, c, d) = (zero, zero, zero, zero)
      addLit(&a, &b, &c, &d, row, terms, bits, weights, 16, panelSize)
      let place = s * outStride + j
      let (target, own) = (out + place, y + place)
      store(throughRectified(a + zero, load(own)), target)
      store(throughRectified(b + zero, load(own + 16)), target + 16)
      store(throughRectified(c + zero, load(own + 32)), target + 32)
      store(throughRectified(d + zero, load(own + 48)), target + 48)
    }
    j += 64
  }
}

/// Calls a body with each sample, its numbers and the bits of the first 64 of them.
@inline(__always) private func forEachSample(
  _ input: UnsafePointer<Float>, _ stride: Int, _ samples: Int, _ terms: Int,
  _ body: (Int, UnsafePointer<Float>, UInt64) -> Void
) {
  if samples == 0 { return }
  var s = 0
  // The bits of the next sample are made before the one at hand, since where that ends cannot be predicted.
  var next = litTerms(input, terms)
  while s < samples {
    let row = input + s * stride
    let bits = next
    if s + 1 < samples { next = litTerms(row + stride, terms) }
    body(s, row, bits)
    s += 1
  }
}

/// Adds a sample's terms that are not zero to four vectors of sums. `weights` is the first term's first vector; its other three,
/// and the next term's, are so far on.
@inline(__always) private func addLit(
  _ a: inout Vector, _ b: inout Vector, _ c: inout Vector, _ d: inout Vector, _ row: UnsafePointer<Float>, _ terms: Int,
  _ firstBits: UInt64, _ weights: UnsafePointer<Float>, _ termStride: Int, _ vectorStride: Int
) {
  var first = 0
  var bits = firstBits
  while true {
    while bits != 0 {
      let k = first + bits.trailingZeroBitCount
      bits &= bits &- 1
      let x = spread(row + k)
      let w = weights + k * termStride
      a = multiplyAdd(a, x, load(w))
      b = multiplyAdd(b, x, load(w + vectorStride))
      c = multiplyAdd(c, x, load(w + 2 * vectorStride))
      d = multiplyAdd(d, x, load(w + 3 * vectorStride))
    }
    first += 64
    if first >= terms { break }
    bits = litTerms(row + first, terms - first)
  }
}

/// See ``numeral_kernel_table/lit_gradient``.
func litGradient(
  _ gradient: UnsafeMutablePointer<Float>, _ gradientStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ delta: UnsafePointer<Float>, _ deltaStride: Int, _ samples: Int, _ rows: Int, _ columns: Int, _ accumulates: Bool
) {
  let dark = SIMD64<UInt8>(repeating: 0)
  var room = (dark, dark, dark, dark)
  var first = 0
  // 128 samples at a time: one loop whose end cannot be predicted instead of two.
  repeat {
    let count = samples - first < 128 ? samples - first : 128
    var row = 0
    while row < rows {
      litGradient(
        &room, gradient + row * gradientStride, gradientStride, input + (first * inputStride + row), inputStride,
        delta + first * deltaStride, deltaStride, count, rows - row < 16 ? rows - row : 16, columns,
        accumulates || first > 0)
      row += 16
    }
    first += 128
  } while first < samples
}

/// At most sixteen rows over at most 128 samples, with room for a bit for each of both.
@inline(__always) private func litGradient(
  _ room: UnsafeMutableRawPointer, _ gradient: UnsafeMutablePointer<Float>, _ gradientStride: Int,
  _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ delta: UnsafePointer<Float>, _ deltaStride: Int, _ samples: Int, _ rows: Int, _ columns: Int, _ accumulates: Bool
) {
  let bytes = room.assumingMemoryBound(to: UInt8.self)
  note(bytes, input, inputStride, samples)
  var j = 0
  while j < columns {
    var (next, nextOthers) = (litSamples(bytes, 0), litSamples(bytes + 64, 0))
    var row = 0
    while row < rows {
      let column = input + row
      let target = gradient + (row * gradientStride + j)
      let deltas = delta + j
      var bits = next
      let others = nextOthers
      var left = bits.nonzeroBitCount + others.nonzeroBitCount
      // As among terms, the next row's bits are there before this one ends.
      (next, nextOthers) = (litSamples(bytes, row + 1 & 15), litSamples(bytes + 64, row + 1 & 15))
      var (a, b, c, d) = (
        Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0)
      )
      if accumulates { (a, b, c, d) = (load(target), load(target + 16), load(target + 32), load(target + 48)) }
      var base = 0
      while left > 0 {
        base = bits == 0 ? 64 : base
        bits = bits == 0 ? others : bits
        let sample = base + bits.trailingZeroBitCount
        bits &= bits &- 1
        let x = spread(column + sample * inputStride)
        let w = deltas + sample * deltaStride
        a = multiplyAdd(a, x, load(w))
        b = multiplyAdd(b, x, load(w + 16))
        c = multiplyAdd(c, x, load(w + 32))
        d = multiplyAdd(d, x, load(w + 48))
        left -= 1
      }
      let zero = Vector(repeating: 0)
      store(a + zero, target)
      store(b + zero, target + 16)
      store(c + zero, target + 32)
      store(d + zero, target + 48)
      row += 1
    }
    j += 64
  }
}

/// A bit for each of at most 64 terms, set if it is not zero.
@inline(__always) private func litTerms(_ row: UnsafePointer<Float>, _ terms: Int) -> UInt64 {
  var bits = UInt64(numeral_lit_floats(row))
  if terms > 16 { bits |= UInt64(numeral_lit_floats(row + 16)) &<< 16 }
  if terms > 32 { bits |= UInt64(numeral_lit_floats(row + 32)) &<< 32 }
  if terms > 48 { bits |= UInt64(numeral_lit_floats(row + 48)) &<< 48 }
  return terms < 64 ? bits & (1 &<< UInt64(terms) &- 1) : bits
}

/// Notes which numbers of sixteen columns are not zero: a byte of bits for each of 128 samples, then one for the last eight
/// columns.
@inline(__always) private func note(
  _ bytes: UnsafeMutablePointer<UInt8>, _ rows: UnsafePointer<Float>, _ stride: Int, _ samples: Int
) {
  var s = 0
  while s < samples {
    let bits = numeral_lit_floats(rows + s * stride)
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

/// A bit for each of 64 samples: set if its number in a column has been noted.
@inline(__always) private func litSamples(_ bytes: UnsafePointer<UInt8>, _ column: Int) -> UInt64 {
  numeral_bit_of_bytes(bytes + (column & 8) * 16, Int32(column & 7))
}
