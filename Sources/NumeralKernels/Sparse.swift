// The first layer, where four pixels of five are zero: only lit pixels are visited. Forward, a sample adds the weight
// rows of its lit pixels in ascending order; block by block, so that a block of weight rows stays in the first cache
// while all samples pass. Backward, a pixel adds the deltas of the samples in which it is lit, in order.

/// See ``numeral_kernel_table/list_lit_pixels``.
func listLitPixels(
  _ entries: UnsafeMutablePointer<UInt32>, _ starts: UnsafeMutablePointer<UInt32>, _ first: Int,
  _ bytes: UnsafePointer<UInt8>, _ pixels: Int, _ pixelsPerBlock: Int, _ blocks: Int
) -> Int {
  var place = first
  var pixel = 0
  var block = 0
  while block < blocks {
    starts[block] = UInt32(truncatingIfNeeded: place)
    let end = block + 1 == blocks ? pixels : pixel + pixelsPerBlock
    while pixel < end {
      // Written always, kept only if lit: no branch to mispredict.
      let byte = bytes[pixel]
      entries[place] = UInt32(truncatingIfNeeded: pixel) &<< 8 | UInt32(byte)
      place += byte == 0 ? 0 : 1
      pixel += 1
    }
    block += 1
  }
  starts[blocks] = UInt32(truncatingIfNeeded: place)
  return place
}

/// See ``numeral_kernel_table/look_up``.
func lookUp(
  _ out: UnsafeMutablePointer<Float>, _ bytes: UnsafePointer<UInt8>, _ values: UnsafePointer<Float>, _ count: Int
) {
  var i = 0
  while i < count {
    out[i] = values[Int(bytes[i])]
    i += 1
  }
}

/// See ``numeral_kernel_table/sparse_product``.
func sparseProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ entries: UnsafePointer<UInt32>,
  _ starts: UnsafePointer<UInt32>, _ rows: UnsafePointer<Int32>, _ samples: Int, _ blocks: Int,
  _ values: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ weightStride: Int, _ bias: UnsafePointer<Float>,
  _ columns: Int, _ activation: Int32, _ slope: Float
) {
  var j = 0
  while j < columns {
    let width = columns - j >= 128 ? 128 : columns - j >= 64 ? 64 : 16
    var b = 0
    while b < blocks {
      let isFirst = b == 0
      let isLast = b + 1 == blocks
      var s = 0
      while s < samples {
        let range = starts + (Int(rows[s]) * (blocks + 1) + b)
        let from = entries + Int(range[0])
        let count = Int(range[1] - range[0])
        let sum = out + (s * outStride + j)
        if width == 128 {
          addRows8(sum, from, count, values, weights + j, weightStride, bias + j, isFirst, isLast)
        } else if width == 64 {
          addRows4(sum, from, count, values, weights + j, weightStride, bias + j, isFirst, isLast)
        } else {
          addRows1(sum, from, count, values, weights + j, weightStride, bias + j, isFirst, isLast)
        }
        s += 1
      }
      b += 1
    }
    j += width
  }
  activate(out, outStride, samples, columns, activation, slope)
}

/// A sum at the end of a block: kept as it is, or finished with the bias after the last.
@inline(__always) private func end(
  _ sum: Vector, _ bias: UnsafePointer<Float>, _ isLast: Bool, _ out: UnsafeMutablePointer<Float>
) {
  store(isLast ? (sum + load(bias)) + Vector(repeating: 0) : sum, out)
}

@inline(__always) private func addRows1(
  _ out: UnsafeMutablePointer<Float>, _ entries: UnsafePointer<UInt32>, _ count: Int, _ values: UnsafePointer<Float>,
  _ weights: UnsafePointer<Float>, _ stride: Int, _ bias: UnsafePointer<Float>, _ isFirst: Bool, _ isLast: Bool
) {
  var c = start(out, !isFirst)
  var e = 0
  while e < count {
    let entry = entries[e]
    c = multiplyAdd(c, values[Int(entry & 255)], load(weights + Int(entry &>> 8) * stride))
    e += 1
  }
  end(c, bias, isLast, out)
}

@inline(__always) private func addRows4(
  _ out: UnsafeMutablePointer<Float>, _ entries: UnsafePointer<UInt32>, _ count: Int, _ values: UnsafePointer<Float>,
  _ weights: UnsafePointer<Float>, _ stride: Int, _ bias: UnsafePointer<Float>, _ isFirst: Bool, _ isLast: Bool
) {
  var c0 = start(out, !isFirst)
  var c1 = start(out + 16, !isFirst)
  var c2 = start(out + 32, !isFirst)
  var c3 = start(out + 48, !isFirst)
  var e = 0
  while e < count {
    let entry = entries[e]
    let x = Vector(repeating: values[Int(entry & 255)])
    let w = weights + Int(entry &>> 8) * stride
    c0 = multiplyAdd(c0, x, load(w))
    c1 = multiplyAdd(c1, x, load(w + 16))
    c2 = multiplyAdd(c2, x, load(w + 32))
    c3 = multiplyAdd(c3, x, load(w + 48))
    e += 1
  }
  end(c0, bias, isLast, out)
  end(c1, bias + 16, isLast, out + 16)
  end(c2, bias + 32, isLast, out + 32)
  end(c3, bias + 48, isLast, out + 48)
}

@inline(__always) private func addRows8(
  _ out: UnsafeMutablePointer<Float>, _ entries: UnsafePointer<UInt32>, _ count: Int, _ values: UnsafePointer<Float>,
  _ weights: UnsafePointer<Float>, _ stride: Int, _ bias: UnsafePointer<Float>, _ isFirst: Bool, _ isLast: Bool
) {
  #if KERNELS_AVX512
    var c0 = start(out, !isFirst)
    var c1 = start(out + 16, !isFirst)
    var c2 = start(out + 32, !isFirst)
    var c3 = start(out + 48, !isFirst)
    var c4 = start(out + 64, !isFirst)
    var c5 = start(out + 80, !isFirst)
    var c6 = start(out + 96, !isFirst)
    var c7 = start(out + 112, !isFirst)
    var e = 0
    while e < count {
      let entry = entries[e]
      let x = Vector(repeating: values[Int(entry & 255)])
      let w = weights + Int(entry &>> 8) * stride
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
    end(c0, bias, isLast, out)
    end(c1, bias + 16, isLast, out + 16)
    end(c2, bias + 32, isLast, out + 32)
    end(c3, bias + 48, isLast, out + 48)
    end(c4, bias + 64, isLast, out + 64)
    end(c5, bias + 80, isLast, out + 80)
    end(c6, bias + 96, isLast, out + 96)
    end(c7, bias + 112, isLast, out + 112)
  #else
    // Half as wide: sixteen registers of AVX2 hold eight vectors' halves and no more.
    addRows4(out, entries, count, values, weights, stride, bias, isFirst, isLast)
    addRows4(out + 64, entries, count, values, weights + 64, stride, bias + 64, isFirst, isLast)
  #endif
}

/// See ``numeral_kernel_table/transpose_entries``.
func transposeEntries(
  _ lists: UnsafeMutablePointer<UInt16>, _ listStride: Int, _ counts: UnsafeMutablePointer<Int32>,
  _ entries: UnsafePointer<UInt32>, _ starts: UnsafePointer<UInt32>, _ rows: UnsafePointer<Int32>, _ samples: Int,
  _ blocks: Int, _ firstBlock: Int, _ lastBlock: Int, _ pixelsPerBlock: Int, _ pixels: Int
) {
  var p = firstBlock * pixelsPerBlock
  let end = lastBlock == blocks ? pixels : lastBlock * pixelsPerBlock
  while p < end {
    counts[p] = 0
    p += 1
  }
  var s = 0
  while s < samples {
    let range = starts + Int(rows[s]) * (blocks + 1)
    var e = Int(range[firstBlock])
    let last = Int(range[lastBlock])
    let sample = UInt16(truncatingIfNeeded: s) &<< 8
    while e < last {
      let entry = entries[e]
      let pixel = Int(entry &>> 8)
      let count = counts[pixel]
      lists[pixel * listStride + Int(count)] = sample | UInt16(truncatingIfNeeded: entry & 255)
      counts[pixel] = count + 1
      e += 1
    }
    s += 1
  }
}

/// See ``numeral_kernel_table/sparse_gradient``.
func sparseGradient(
  _ gradient: UnsafeMutablePointer<Float>, _ gradientStride: Int, _ lists: UnsafePointer<UInt16>, _ listStride: Int,
  _ counts: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, _ deltaStride: Int,
  _ rows: Int, _ columns: Int, _ accumulates: Bool
) {
  var j = 0
  while j < columns {
    let width = columns - j >= 64 ? 64 : 16
    var i = 0
    while i < rows {
      let target = gradient + (i * gradientStride + j)
      let list = lists + i * listStride
      if width == 64 {
        addDeltas4(target, list, Int(counts[i]), values, delta + j, deltaStride, accumulates)
      } else {
        addDeltas1(target, list, Int(counts[i]), values, delta + j, deltaStride, accumulates)
      }
      i += 1
    }
    j += width
  }
}

@inline(__always) private func addDeltas1(
  _ g: UnsafeMutablePointer<Float>, _ list: UnsafePointer<UInt16>, _ count: Int, _ values: UnsafePointer<Float>,
  _ delta: UnsafePointer<Float>, _ stride: Int, _ accumulates: Bool
) {
  var c = start(g, accumulates)
  var e = 0
  while e < count {
    let entry = Int(list[e])
    c = multiplyAdd(c, values[entry & 255], load(delta + (entry &>> 8) * stride))
    e += 1
  }
  store(c + Vector(repeating: 0), g)
}

@inline(__always) private func addDeltas4(
  _ g: UnsafeMutablePointer<Float>, _ list: UnsafePointer<UInt16>, _ count: Int, _ values: UnsafePointer<Float>,
  _ delta: UnsafePointer<Float>, _ stride: Int, _ accumulates: Bool
) {
  var c0 = start(g, accumulates)
  var c1 = start(g + 16, accumulates)
  var c2 = start(g + 32, accumulates)
  var c3 = start(g + 48, accumulates)
  var e = 0
  while e < count {
    let entry = Int(list[e])
    let x = Vector(repeating: values[entry & 255])
    let d = delta + (entry &>> 8) * stride
    c0 = multiplyAdd(c0, x, load(d))
    c1 = multiplyAdd(c1, x, load(d + 16))
    c2 = multiplyAdd(c2, x, load(d + 32))
    c3 = multiplyAdd(c3, x, load(d + 48))
    e += 1
  }
  let zero = Vector(repeating: 0)
  store(c0 + zero, g)
  store(c1 + zero, g + 16)
  store(c2 + zero, g + 32)
  store(c3 + zero, g + 48)
}
