// The first layer's gradient: a pixel adds the deltas of the samples in which it is lit, in order.

/// See ``numeral_kernel_table/sparse_gradient``.
func sparseGradient(
  _ gradient: UnsafeMutablePointer<Float>, _ gradientStride: Int, _ lists: UnsafePointer<UInt16>, _ listStride: Int,
  _ counts: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, _ deltaStride: Int,
  _ rows: Int, _ columns: Int, _ accumulates: Bool
) {
  var j = 0
  while j < columns {
    let width = columns - j >= 64 ? 64 : 16
    let deltas = Deltas(values: values, delta: delta + j, stride: deltaStride)
    var i = 0
    while i < rows {
      let target = gradient + (i * gradientStride + j)
      let list = lists + i * listStride
      #if KERNELS_AVX512
        if width == 64, rows - i >= 2 {
          addDeltas2x4(
            target, gradientStride, list, list + listStride, Int(counts[i]), Int(counts[i + 1]), deltas, accumulates)
          i += 2
          continue
        }
      #endif
      if width == 16, rows - i >= 4 {
        addDeltas4x1(target, gradientStride, list, listStride, counts + i, deltas, accumulates)
        i += 4
        continue
      }
      if width == 64 {
        addDeltas4(target, list, Int(counts[i]), deltas, accumulates)
      } else {
        addDeltas1(target, list, Int(counts[i]), deltas, accumulates)
      }
      i += 1
    }
    j += width
  }
}

/// The deltas of a chunk, and the number for each byte.
private struct Deltas {
  let values: UnsafePointer<Float>
  let delta: UnsafePointer<Float>
  let stride: Int

  /// The number of an entry's byte, in all lanes.
  @inline(__always) func value(_ entry: UInt16) -> Vector { Vector(repeating: values[Int(entry & 255)]) }

  /// The deltas of an entry's sample.
  @inline(__always) func row(_ entry: UInt16) -> UnsafePointer<Float> { delta + Int(entry &>> 8) * stride }

  /// A sum with an entry's product added.
  @inline(__always) func add(_ sum: Vector, _ entry: UInt16) -> Vector {
    multiplyAdd(sum, value(entry), load(row(entry)))
  }

  /// A sum with the products of some entries of a list added.
  @inline(__always) func addRest(_ sum: Vector, _ list: UnsafePointer<UInt16>, _ first: Int, _ end: Int) -> Vector {
    var sum = sum
    var e = first
    while e < end {
      sum = add(sum, list[e])
      e += 1
    }
    return sum
  }
}

@inline(__always) private func addDeltas1(
  _ g: UnsafeMutablePointer<Float>, _ list: UnsafePointer<UInt16>, _ count: Int, _ deltas: Deltas, _ accumulates: Bool
) {
  var c0 = start(g, accumulates)
  var e = 0
  while e < count {
    let x = deltas.value(list[e])
    let d = deltas.row(list[e])
    c0 = multiplyAdd(c0, x, load(d))
    e += 1
  }
  store(c0 + Vector(repeating: 0), g)
}

/// Four pixels by one vector: the sums of one pixel alone would wait for each other.
@inline(__always) private func addDeltas4x1(
  _ g: UnsafeMutablePointer<Float>, _ gradientStride: Int, _ list: UnsafePointer<UInt16>, _ listStride: Int,
  _ counts: UnsafePointer<Int32>, _ deltas: Deltas, _ accumulates: Bool
) {
  let l1 = list + listStride
  let l2 = l1 + listStride
  let l3 = l2 + listStride
  var c0 = start(g, accumulates)
  var c1 = start(g + gradientStride, accumulates)
  var c2 = start(g + 2 * gradientStride, accumulates)
  var c3 = start(g + 3 * gradientStride, accumulates)
  let first = counts[0] < counts[1] ? counts[0] : counts[1]
  let second = counts[2] < counts[3] ? counts[2] : counts[3]
  let shared = Int(first < second ? first : second)
  var e = 0
  while e < shared {
    c0 = deltas.add(c0, list[e])
    c1 = deltas.add(c1, l1[e])
    c2 = deltas.add(c2, l2[e])
    c3 = deltas.add(c3, l3[e])
    e += 1
  }
  c0 = deltas.addRest(c0, list, shared, Int(counts[0]))
  c1 = deltas.addRest(c1, l1, shared, Int(counts[1]))
  c2 = deltas.addRest(c2, l2, shared, Int(counts[2]))
  c3 = deltas.addRest(c3, l3, shared, Int(counts[3]))
  let zero = Vector(repeating: 0)
  store(c0 + zero, g)
  store(c1 + zero, g + gradientStride)
  store(c2 + zero, g + 2 * gradientStride)
  store(c3 + zero, g + 3 * gradientStride)
}

@inline(__always) private func addDeltas4(
  _ g: UnsafeMutablePointer<Float>, _ list: UnsafePointer<UInt16>, _ count: Int, _ deltas: Deltas, _ accumulates: Bool
) {
  var c0 = start(g, accumulates)
  var c1 = start(g + 16, accumulates)
  var c2 = start(g + 32, accumulates)
  var c3 = start(g + 48, accumulates)
  var e = 0
  while e < count {
    let x = deltas.value(list[e])
    let d = deltas.row(list[e])
    c0 = multiplyAdd(c0, x, load(d))
    c1 = multiplyAdd(c1, x, load(d + 16))
    c2 = multiplyAdd(c2, x, load(d + 32))
    c3 = multiplyAdd(c3, x, load(d + 48))
    e += 1
  }
  store(c0 + Vector(repeating: 0), g)
  store(c1 + Vector(repeating: 0), g + 16)
  store(c2 + Vector(repeating: 0), g + 32)
  store(c3 + Vector(repeating: 0), g + 48)
}

#if KERNELS_AVX512
  /// Two pixels at a time: eight sums in flight. Half of the columns, so that 128 samples' deltas fit into the first cache.
  @inline(__always) private func addDeltas2x4(
    _ g: UnsafeMutablePointer<Float>, _ gradientStride: Int, _ list: UnsafePointer<UInt16>,
    _ other: UnsafePointer<UInt16>, _ count: Int, _ otherCount: Int, _ deltas: Deltas, _ accumulates: Bool
  ) {
    let h = g + gradientStride
    var c0 = start(g, accumulates)
    var c1 = start(g + 16, accumulates)
    var c2 = start(g + 32, accumulates)
    var c3 = start(g + 48, accumulates)
    var d0 = start(h, accumulates)
    var d1 = start(h + 16, accumulates)
    var d2 = start(h + 32, accumulates)
    var d3 = start(h + 48, accumulates)
    let shared = count < otherCount ? count : otherCount
    var e = 0
    while e < shared {
      let x = deltas.value(list[e])
      let u = deltas.row(list[e])
      let y = deltas.value(other[e])
      let v = deltas.row(other[e])
      c0 = multiplyAdd(c0, x, load(u))
      c1 = multiplyAdd(c1, x, load(u + 16))
      c2 = multiplyAdd(c2, x, load(u + 32))
      c3 = multiplyAdd(c3, x, load(u + 48))
      d0 = multiplyAdd(d0, y, load(v))
      d1 = multiplyAdd(d1, y, load(v + 16))
      d2 = multiplyAdd(d2, y, load(v + 32))
      d3 = multiplyAdd(d3, y, load(v + 48))
      e += 1
    }
    var f = e
    while e < count {
      let x = deltas.value(list[e])
      let u = deltas.row(list[e])
      c0 = multiplyAdd(c0, x, load(u))
      c1 = multiplyAdd(c1, x, load(u + 16))
      c2 = multiplyAdd(c2, x, load(u + 32))
      c3 = multiplyAdd(c3, x, load(u + 48))
      e += 1
    }
    while f < otherCount {
      let y = deltas.value(other[f])
      let v = deltas.row(other[f])
      d0 = multiplyAdd(d0, y, load(v))
      d1 = multiplyAdd(d1, y, load(v + 16))
      d2 = multiplyAdd(d2, y, load(v + 32))
      d3 = multiplyAdd(d3, y, load(v + 48))
      f += 1
    }
    let zero = Vector(repeating: 0)
    store(c0 + zero, g)
    store(c1 + zero, g + 16)
    store(c2 + zero, g + 32)
    store(c3 + zero, g + 48)
    store(d0 + zero, h)
    store(d1 + zero, h + 16)
    store(d2 + zero, h + 32)
    store(d3 + zero, h + 48)
  }
#endif
