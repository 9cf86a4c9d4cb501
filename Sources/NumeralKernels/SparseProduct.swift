internal import CNumeralCPU

// The first layer forward, where four pixels of five are zero: a sample adds the weight rows of its lit pixels in ascending
// order, pass by pass, so that a part of the weight rows stays close while all samples go by.

/// See ``numeral_kernel_table/sparse_product``.
func sparseProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ entries: UnsafePointer<UInt16>,
  _ firsts: UnsafePointer<UInt32>, _ starts: UnsafePointer<UInt16>, _ rows: UnsafePointer<Int32>, _ samples: Int,
  _ blocks: Int, _ pixelsPerBlock: Int, _ blocksPerPass: Int, _ values: UnsafePointer<Float>,
  _ weights: UnsafePointer<Float>, _ weightStride: Int, _ bias: UnsafePointer<Float>, _ columns: Int,
  _ activation: Int32, _ slope: Float, _ ahead: UnsafePointer<Int32>, _ aheadCount: Int
) {
  if aheadCount == 0 { fetch(entries, firsts, starts, rows, samples, blocks) }
  let perSample = (aheadCount + samples - 1) / samples
  var j = 0
  while j < columns {
    let width = columns - j >= 128 ? 128 : columns - j >= 64 ? 64 : 16
    var b = 0
    repeat {
      let next = blocks - b > blocksPerPass ? b + blocksPerPass : blocks
      let pass = Pass(
        values: values, weights: weights + (b * pixelsPerBlock * weightStride + j), stride: weightStride,
        bias: bias + j, isFirst: b == 0, isLast: next == blocks)
      var s = 0
      while s < samples {
        let sum = out + (s * outStride + j)
        let run = Run(entries, firsts, starts, Int(rows[s]), blocks, b, next)
        #if KERNELS_AVX512
          if width == 128, samples - s >= 2 {
            if j == 0 {
              var a = s * perSample
              let aEnd = a + 2 * perSample < aheadCount ? a + 2 * perSample : aheadCount
              while a < aEnd {
                let number = Int(ahead[a])
                let own = entries + Int(firsts[number])
                numeral_prefetch(own + b * 8)
                if b == 0 {
                  numeral_prefetch(starts + number * (blocks + 1))
                  numeral_prefetch(starts + (number * (blocks + 1) + blocks))
                }
                a += 1
              }
            }
            let other = Run(entries, firsts, starts, Int(rows[s + 1]), blocks, b, next)
            addRows2x8(sum, outStride, run, other, pass)
            s += 2
            continue
          }
        #endif
        if width == 16, samples - s >= 4 {
          addRows4x1(
            sum, outStride, run, Run(entries, firsts, starts, Int(rows[s + 1]), blocks, b, next),
            Run(entries, firsts, starts, Int(rows[s + 2]), blocks, b, next),
            Run(entries, firsts, starts, Int(rows[s + 3]), blocks, b, next), pass)
          s += 4
          continue
        }
        if width == 128 {
          addRows8(sum, run, pass)
        } else if width == 64 {
          addRows4(sum, run, pass)
        } else {
          addRows1(sum, run, pass)
        }
        s += 1
      }
      b = next
    } while b < blocks
    j += width
  }
  activate(out, outStride, samples, columns, activation, slope)
}

/// The entries of one sample in one pass.
private struct Run {
  let first: UnsafePointer<UInt16>
  let end: UnsafePointer<UInt16>

  @inline(__always) var count: Int { end - first }

  @inline(__always) init(
    _ entries: UnsafePointer<UInt16>, _ firsts: UnsafePointer<UInt32>, _ starts: UnsafePointer<UInt16>, _ number: Int,
    _ blocks: Int, _ from: Int, _ to: Int
  ) {
    let range = starts + number * (blocks + 1)
    let own = entries + Int(firsts[number])
    first = own + Int(range[from])
    end = own + Int(range[to])
  }
}

/// What the sums of one pass have in common.
private struct Pass {
  let values: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let stride: Int
  let bias: UnsafePointer<Float>
  let isFirst: Bool
  let isLast: Bool
}

/// Reads one word of every cache line of the samples' entries before any is needed: samples lie anywhere in memory, and
/// one after the other each would wait for its own. First where they start, all at once; then the entries.
@inline(__always) private func fetch(
  _ entries: UnsafePointer<UInt16>, _ firsts: UnsafePointer<UInt32>, _ starts: UnsafePointer<UInt16>,
  _ rows: UnsafePointer<Int32>, _ samples: Int, _ blocks: Int
) {
  var seen: UInt16 = 0
  var s = 0
  while s < samples {
    let number = Int(rows[s])
    let range = starts + number * (blocks + 1)
    seen |= range[0] | range[blocks] | UInt16(truncatingIfNeeded: firsts[number])
    s += 1
  }
  s = 0
  while s < samples {
    let number = Int(rows[s])
    var e = entries + Int(firsts[number])
    let end = e + Int(starts[number * (blocks + 1) + blocks])
    while e < end {
      seen |= e.pointee
      e += 32
    }
    s += 1
  }
  keep(seen)
}

/// Makes the compiler believe that a value is used.
@inline(never) private func keep(_ value: UInt16) {}

extension Pass {
  /// The number of an entry's byte, in all lanes.
  @inline(__always) fileprivate func value(_ entry: UInt16) -> Vector {
    Vector(repeating: values[Int(entry & 255)])
  }

  /// The weights of an entry's pixel.
  @inline(__always) fileprivate func row(_ entry: UInt16) -> UnsafePointer<Float> {
    weights + Int(entry &>> 8) * stride
  }

  /// A sum with an entry's product added.
  @inline(__always) fileprivate func add(_ sum: Vector, _ entry: UInt16) -> Vector {
    multiplyAdd(sum, value(entry), load(row(entry)))
  }

  /// A sum with the products of a run's entries added, from a place on.
  @inline(__always) fileprivate func addRest(_ sum: Vector, _ run: Run, _ place: Int) -> Vector {
    var sum = sum
    var e = run.first + place
    while e < run.end {
      sum = add(sum, e.pointee)
      e += 1
    }
    return sum
  }

  /// Stores a sum: as it is, or finished with the bias after the last pass.
  @inline(__always) fileprivate func end(_ sum: Vector, _ column: Int, _ out: UnsafeMutablePointer<Float>) {
    store(isLast ? (sum + load(bias + column)) + Vector(repeating: 0) : sum, out + column)
  }
}

@inline(__always) private func addRows1(
  _ out: UnsafeMutablePointer<Float>, _ run: Run, _ pass: Pass
) {
  var c0 = start(out, !pass.isFirst)
  var e = run.first
  let end = run.end
  while e < end {
    let x = pass.value(e.pointee)
    let w = pass.row(e.pointee)
    c0 = multiplyAdd(c0, x, load(w))
    e += 1
  }
  pass.end(c0, 0, out)
}

/// Four samples by one vector: the sums of one sample alone would wait for each other.
@inline(__always) private func addRows4x1(
  _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ r0: Run, _ r1: Run, _ r2: Run, _ r3: Run, _ pass: Pass
) {
  var c0 = start(out, !pass.isFirst)
  var c1 = start(out + stride, !pass.isFirst)
  var c2 = start(out + 2 * stride, !pass.isFirst)
  var c3 = start(out + 3 * stride, !pass.isFirst)
  let first = r0.count < r1.count ? r0.count : r1.count
  let second = r2.count < r3.count ? r2.count : r3.count
  let shared = first < second ? first : second
  var e = 0
  while e < shared {
    c0 = pass.add(c0, r0.first[e])
    c1 = pass.add(c1, r1.first[e])
    c2 = pass.add(c2, r2.first[e])
    c3 = pass.add(c3, r3.first[e])
    e += 1
  }
  c0 = pass.addRest(c0, r0, shared)
  c1 = pass.addRest(c1, r1, shared)
  c2 = pass.addRest(c2, r2, shared)
  c3 = pass.addRest(c3, r3, shared)
  pass.end(c0, 0, out)
  pass.end(c1, 0, out + stride)
  pass.end(c2, 0, out + 2 * stride)
  pass.end(c3, 0, out + 3 * stride)
}

@inline(__always) private func addRows4(
  _ out: UnsafeMutablePointer<Float>, _ run: Run, _ pass: Pass
) {
  var c0 = start(out, !pass.isFirst)
  var c1 = start(out + 16, !pass.isFirst)
  var c2 = start(out + 32, !pass.isFirst)
  var c3 = start(out + 48, !pass.isFirst)
  var e = run.first
  let end = run.end
  while e < end {
    let x = pass.value(e.pointee)
    let w = pass.row(e.pointee)
    c0 = multiplyAdd(c0, x, load(w))
    c1 = multiplyAdd(c1, x, load(w + 16))
    c2 = multiplyAdd(c2, x, load(w + 32))
    c3 = multiplyAdd(c3, x, load(w + 48))
    e += 1
  }
  pass.end(c0, 0, out)
  pass.end(c1, 16, out)
  pass.end(c2, 32, out)
  pass.end(c3, 48, out)
}

@inline(__always) private func addRows8(
  _ out: UnsafeMutablePointer<Float>, _ run: Run, _ pass: Pass
) {
  #if KERNELS_AVX512
    var c0 = start(out, !pass.isFirst)
    var c1 = start(out + 16, !pass.isFirst)
    var c2 = start(out + 32, !pass.isFirst)
    var c3 = start(out + 48, !pass.isFirst)
    var c4 = start(out + 64, !pass.isFirst)
    var c5 = start(out + 80, !pass.isFirst)
    var c6 = start(out + 96, !pass.isFirst)
    var c7 = start(out + 112, !pass.isFirst)
    var e = run.first
    let end = run.end
    while e < end {
      let x = pass.value(e.pointee)
      let w = pass.row(e.pointee)
      c0 = multiplyAdd(c0, x, load(w))
      c1 = multiplyAdd(c1, x, load(w + 16))
      c2 = multiplyAdd(c2, x, load(w + 32))
      c3 = multiplyAdd(c3, x, load(w + 48))
      c4 = multiplyAdd(c4, x, load(w + 64))
      c5 = multiplyAdd(c5, x, load(w + 80))
      c6 = multiplyAdd(c6, x, load(w + 96))
      c7 = multiplyAdd(c7, x, load(w + 112))
      e += 1
    }
    pass.end(c0, 0, out)
    pass.end(c1, 16, out)
    pass.end(c2, 32, out)
    pass.end(c3, 48, out)
    pass.end(c4, 64, out)
    pass.end(c5, 80, out)
    pass.end(c6, 96, out)
    pass.end(c7, 112, out)
  #else
    // Half as wide: sixteen registers of AVX2 hold eight vectors' halves and no more.
    addRows4(out, run, pass)
    let right = Pass(
      values: pass.values, weights: pass.weights + 64, stride: pass.stride, bias: pass.bias + 64,
      isFirst: pass.isFirst, isLast: pass.isLast)
    addRows4(out + 64, run, right)
  #endif
}

#if KERNELS_AVX512
  /// Two samples at a time: sixteen sums in flight hide the latency that eight only just cover.
  @inline(__always) private func addRows2x8(
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ run: Run, _ other: Run, _ pass: Pass
  ) {
    let below = out + outStride
    var c0 = start(out, !pass.isFirst)
    var c1 = start(out + 16, !pass.isFirst)
    var c2 = start(out + 32, !pass.isFirst)
    var c3 = start(out + 48, !pass.isFirst)
    var c4 = start(out + 64, !pass.isFirst)
    var c5 = start(out + 80, !pass.isFirst)
    var c6 = start(out + 96, !pass.isFirst)
    var c7 = start(out + 112, !pass.isFirst)
    var d0 = start(below, !pass.isFirst)
    var d1 = start(below + 16, !pass.isFirst)
    var d2 = start(below + 32, !pass.isFirst)
    var d3 = start(below + 48, !pass.isFirst)
    var d4 = start(below + 64, !pass.isFirst)
    var d5 = start(below + 80, !pass.isFirst)
    var d6 = start(below + 96, !pass.isFirst)
    var d7 = start(below + 112, !pass.isFirst)
    var e = run.first
    var f = other.first
    let end = run.end
    let otherEnd = other.end
    let shared = end - e < otherEnd - f ? end - e : otherEnd - f
    let turn = e + shared
    while e < turn {
      let x = pass.value(e.pointee)
      let w = pass.row(e.pointee)
      let y = pass.value(f.pointee)
      let v = pass.row(f.pointee)
      c0 = multiplyAdd(c0, x, load(w))
      c1 = multiplyAdd(c1, x, load(w + 16))
      c2 = multiplyAdd(c2, x, load(w + 32))
      c3 = multiplyAdd(c3, x, load(w + 48))
      c4 = multiplyAdd(c4, x, load(w + 64))
      c5 = multiplyAdd(c5, x, load(w + 80))
      c6 = multiplyAdd(c6, x, load(w + 96))
      c7 = multiplyAdd(c7, x, load(w + 112))
      d0 = multiplyAdd(d0, y, load(v))
      d1 = multiplyAdd(d1, y, load(v + 16))
      d2 = multiplyAdd(d2, y, load(v + 32))
      d3 = multiplyAdd(d3, y, load(v + 48))
      d4 = multiplyAdd(d4, y, load(v + 64))
      d5 = multiplyAdd(d5, y, load(v + 80))
      d6 = multiplyAdd(d6, y, load(v + 96))
      d7 = multiplyAdd(d7, y, load(v + 112))
      e += 1
      f += 1
    }
    while e < end {
      let x = pass.value(e.pointee)
      let w = pass.row(e.pointee)
      c0 = multiplyAdd(c0, x, load(w))
      c1 = multiplyAdd(c1, x, load(w + 16))
      c2 = multiplyAdd(c2, x, load(w + 32))
      c3 = multiplyAdd(c3, x, load(w + 48))
      c4 = multiplyAdd(c4, x, load(w + 64))
      c5 = multiplyAdd(c5, x, load(w + 80))
      c6 = multiplyAdd(c6, x, load(w + 96))
      c7 = multiplyAdd(c7, x, load(w + 112))
      e += 1
    }
    while f < otherEnd {
      let y = pass.value(f.pointee)
      let v = pass.row(f.pointee)
      d0 = multiplyAdd(d0, y, load(v))
      d1 = multiplyAdd(d1, y, load(v + 16))
      d2 = multiplyAdd(d2, y, load(v + 32))
      d3 = multiplyAdd(d3, y, load(v + 48))
      d4 = multiplyAdd(d4, y, load(v + 64))
      d5 = multiplyAdd(d5, y, load(v + 80))
      d6 = multiplyAdd(d6, y, load(v + 96))
      d7 = multiplyAdd(d7, y, load(v + 112))
      f += 1
    }
    pass.end(c0, 0, out)
    pass.end(c1, 16, out)
    pass.end(c2, 32, out)
    pass.end(c3, 48, out)
    pass.end(c4, 64, out)
    pass.end(c5, 80, out)
    pass.end(c6, 96, out)
    pass.end(c7, 112, out)
    pass.end(d0, 0, below)
    pass.end(d1, 16, below)
    pass.end(d2, 32, below)
    pass.end(d3, 48, below)
    pass.end(d4, 64, below)
    pass.end(d5, 80, below)
    pass.end(d6, 96, below)
    pass.end(d7, 112, below)
  }
#endif
