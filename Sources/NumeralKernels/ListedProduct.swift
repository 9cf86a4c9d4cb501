internal import CNumeralCPU

// The first layer of inference. Training lists a dataset once and reads the lists many times, in any order; here pictures
// are listed for one product and forgotten. So an entry is only the number of a pixel, its byte is read from the picture,
// and listing takes no branch that depends on the picture: a mispredicted one costs as much as sixty pixels.

#if KERNELS_AVX512
  /// See ``numeral_kernel_table/list_pixels``.
  ///
  /// The numbers of sixteen pixels at a time, those of lit ones moved together. On Zen 4 a picture takes 290 cycles; by
  /// patterns, as below, 465.
  func listPixels(
    _ list: UnsafeMutablePointer<UInt16>, _ starts: UnsafeMutablePointer<Int32>,
    _ scratch: UnsafeMutablePointer<UInt64>, _ bytes: UnsafePointer<UInt8>, _ numbers: UnsafePointer<Int32>,
    _ samples: Int, _ pixels: Int, _ pixelsPerPass: Int, _ patterns: UnsafePointer<UInt16>
  ) -> Int {
    var place = 0
    var starts = starts
    var s = 0
    while s < samples {
      let picture = bytes + Int(numbers[s]) * pixels
      var number = IntegerVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      var pixel = 0
      var untilPass = 0
      while pixel < pixels {
        // Passes are whole blocks of 64.
        if untilPass == 0 {
          starts.pointee = Int32(truncatingIfNeeded: place)
          starts += 1
          untilPass = pixelsPerPass
        }
        untilPass -= 64
        let count = pixels - pixel < 64 ? pixels - pixel : 64
        var lit = litBytes(picture + pixel, count)
        var group = 0
        while group < count {
          let bits = UInt16(truncatingIfNeeded: lit)
          UnsafeMutableRawPointer(list + place).storeBytes(
            of: numeral_compress(number, bits), as: SIMD16<UInt16>.self)
          place += bits.nonzeroBitCount
          number = number &+ IntegerVector(repeating: 16)
          lit = lit &>> 16
          group += 16
        }
        pixel += 64
      }
      s += 1
    }
    starts.pointee = Int32(truncatingIfNeeded: place)
    return place
  }

  /// A bit for each of at most 64 bytes, set if it is not zero; no byte beyond them is read.
  @inline(__always) private func litBytes(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    if count == 64 { return numeral_lit_bytes(UnsafeRawPointer(bytes).loadUnaligned(as: SIMD64<UInt8>.self)) }
    var bits: UInt64 = 0
    var i = 0
    while i < count {
      bits |= (bytes[i] == 0 ? 0 : 1) &<< UInt64(truncatingIfNeeded: i)
      i += 1
    }
    return bits
  }
#else
  /// See ``numeral_kernel_table/list_pixels``.
  func listPixels(
    _ list: UnsafeMutablePointer<UInt16>, _ starts: UnsafeMutablePointer<Int32>,
    _ scratch: UnsafeMutablePointer<UInt64>,
    _ bytes: UnsafePointer<UInt8>, _ numbers: UnsafePointer<Int32>, _ samples: Int, _ pixels: Int, _ pixelsPerPass: Int,
    _ patterns: UnsafePointer<UInt16>
  ) -> Int {
    var place = 0
    var starts = starts
    var s = 0
    while s < samples {
      markLitPixels(bytes + Int(numbers[s]) * pixels, pixels, scratch)
      var marks = UnsafePointer(scratch)
      var first = SIMD8<UInt16>(repeating: 0)
      var pixel = 0
      while pixel < pixels {
        starts.pointee = Int32(truncatingIfNeeded: place)
        starts += 1
        let count = pixels - pixel < pixelsPerPass ? pixels - pixel : pixelsPerPass
        let end = marks + (count + 7) / 8
        while marks < end {
          // Eight numbers are written, as many are kept as there are lit pixels.
          let pattern = (UnsafeRawPointer(patterns) + Int(truncatingIfNeeded: marks.pointee))
            .loadUnaligned(as: SIMD8<UInt16>.self)
          UnsafeMutableRawPointer(list + place).storeBytes(of: pattern &+ first, as: SIMD8<UInt16>.self)
          place += marks.pointee.nonzeroBitCount
          first = first &+ SIMD8<UInt16>(repeating: 8)
          marks += 1
        }
        pixel += count
      }
      s += 1
    }
    starts.pointee = Int32(truncatingIfNeeded: place)
    return place
  }

  /// Writes one number for every eight pixels: sixteen times eight bits, the lowest for the first pixel, set if it is lit.
  /// Sixteen bytes are the size of a pattern.
  @inline(__always) private func markLitPixels(
    _ picture: UnsafePointer<UInt8>, _ pixels: Int, _ marks: UnsafeMutablePointer<UInt64>
  ) {
    var marks = marks
    var pixel = 0
    while pixels - pixel >= 64 {
      // The types are spelled out: a comparison whose type is inferred is generic code, one lane at a time.
      let isZero =
        UnsafeRawPointer(picture + pixel).loadUnaligned(as: SIMD64<UInt8>.self) .== SIMD64<UInt8>(repeating: 0)
      // Byte i of a word keeps bit i, and the product's top byte is the sum of all bytes.
      let bits = SIMD8<UInt64>(repeating: 0x8040_2010_0804_0201) & ~unsafeBitCast(isZero, to: SIMD8<UInt64>.self)
      let sums = bits &* SIMD8<UInt64>(repeating: 0x0101_0101_0101_0101)
      UnsafeMutableRawPointer(marks).storeBytes(
        of: (sums &>> SIMD8<UInt64>(repeating: 52)) & SIMD8<UInt64>(repeating: 0xFF0), as: SIMD8<UInt64>.self)
      marks += 8
      pixel += 64
    }
    while pixel < pixels {
      let count = pixels - pixel < 8 ? pixels - pixel : 8
      var mark: UInt64 = 0
      var i = 0
      while i < count {
        mark |= (picture[pixel + i] == 0 ? 0 : 16) &<< UInt64(truncatingIfNeeded: i)
        i += 1
      }
      marks.pointee = mark
      marks += 1
      pixel += 8
    }
  }
#endif

/// See ``numeral_kernel_table/listed_product``.
func listedProduct(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ list: UnsafePointer<UInt16>, _ starts: UnsafePointer<Int32>,
  _ bytes: UnsafePointer<UInt8>, _ numbers: UnsafePointer<Int32>, _ samples: Int, _ pixels: Int, _ pixelsPerPass: Int,
  _ values: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ weightStride: Int, _ bias: UnsafePointer<Float>,
  _ columns: Int, _ activation: Int32, _ slope: Float
) {
  let passes = (pixels + pixelsPerPass - 1) / pixelsPerPass
  // Weight rows that few samples share are not worth loading and storing the sums for: one pass over all pixels.
  let perTurn = samples < 8 ? passes : 1
  var j = 0
  while j < columns {
    let width = columns - j >= 128 ? 128 : columns - j >= 64 ? 64 : 16
    var pass = 0
    while pass < passes {
      let turn = Turn(
        list: list, starts: starts + pass, passes: passes, span: perTurn, bytes: bytes, numbers: numbers,
        pixels: pixels, values: values, weights: weights + j, stride: weightStride, bias: bias + j,
        isFirst: pass == 0, isLast: pass + perTurn >= passes)
      var s = 0
      while s < samples { s += turn.add(s, samples - s, out + (s * outStride + j), outStride, width) }
      pass += perTurn
    }
    j += width
  }
  activate(out, outStride, samples, columns, activation, slope)
}

/// What all sums of one turn, a pass or all of them, have in common.
private struct Turn {
  let list: UnsafePointer<UInt16>
  let starts: UnsafePointer<Int32>
  let passes: Int
  let span: Int
  let bytes: UnsafePointer<UInt8>
  let numbers: UnsafePointer<Int32>
  let pixels: Int
  let values: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let stride: Int
  let bias: UnsafePointer<Float>
  let isFirst: Bool
  let isLast: Bool

  /// The entries of one sample.
  @inline(__always) func entries(_ sample: Int) -> Entries {
    let own = starts + sample * passes
    return Entries(
      next: list + Int(own[0]), end: list + Int(own[span]), bytes: bytes + Int(numbers[sample]) * pixels)
  }

  /// The number that a pixel stands for, in all lanes.
  @inline(__always) func value(_ entries: Entries) -> Vector {
    Vector(repeating: values[Int(entries.bytes[Int(entries.next.pointee)])])
  }

  /// The weights of a pixel.
  @inline(__always) func row(_ entries: Entries) -> UnsafePointer<Float> {
    weights + Int(entries.next.pointee) * stride
  }
}

/// Where one sample's entries are, and its picture.
private struct Entries {
  var next: UnsafePointer<UInt16>
  let end: UnsafePointer<UInt16>
  let bytes: UnsafePointer<UInt8>
}

/// The sums of one sample and 64 columns.
private struct Sums {
  var c0: Vector
  var c1: Vector
  var c2: Vector
  var c3: Vector

  @inline(__always) init(_ turn: Turn, _ out: UnsafeMutablePointer<Float>) {
    c0 = start(turn, out)
    c1 = start(turn, out + 16)
    c2 = start(turn, out + 32)
    c3 = start(turn, out + 48)
  }

  @inline(__always) mutating func add(_ x: Vector, _ w: UnsafePointer<Float>) {
    c0 = multiplyAdd(c0, x, load(w))
    c1 = multiplyAdd(c1, x, load(w + 16))
    c2 = multiplyAdd(c2, x, load(w + 32))
    c3 = multiplyAdd(c3, x, load(w + 48))
  }

  @inline(__always) func end(_ turn: Turn, _ column: Int, _ out: UnsafeMutablePointer<Float>) {
    finish(turn, c0, column, out)
    finish(turn, c1, column + 16, out)
    finish(turn, c2, column + 32, out)
    finish(turn, c3, column + 48, out)
  }
}

@inline(__always) private func start(_ turn: Turn, _ out: UnsafeMutablePointer<Float>) -> Vector {
  turn.isFirst ? Vector(repeating: 0) : load(out)
}

/// Stores a sum: as it is, or with the bias after the last turn.
@inline(__always) private func finish(
  _ turn: Turn, _ sum: Vector, _ column: Int, _ out: UnsafeMutablePointer<Float>
) {
  store(turn.isLast ? (sum + load(turn.bias + column)) + Vector(repeating: 0) : sum, out + column)
}

extension Turn {
  /// Adds to the sums of some columns of as many samples as can be worked on together; returns how many those are.
  @inline(__always) fileprivate func add(
    _ sample: Int, _ left: Int, _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ width: Int
  ) -> Int {
    switch width {
    case 128:
      #if KERNELS_AVX512
        if left >= 2 {
          add2x8(entries(sample), entries(sample + 1), out, out + outStride)
          return 2
        }
        add1x8(entries(sample), out)
      #else
        // Sixteen registers of AVX2 hold the sums of 64 columns and no more.
        add1x4(entries(sample), 0, out)
        add1x4(entries(sample), 64, out)
      #endif
    case 64:
      add1x4(entries(sample), 0, out)
    default:
      if left >= 4 {
        add4x1(sample, out, outStride)
        return 4
      }
      add1x1(entries(sample), out)
    }
    return 1
  }

  @inline(__always) private func add1x4(_ entries: Entries, _ column: Int, _ out: UnsafeMutablePointer<Float>) {
    var (e, sums) = (entries, Sums(self, out + column))
    while e.next < e.end {
      sums.add(value(e), row(e) + column)
      e.next += 1
    }
    sums.end(self, column, out)
  }

  #if KERNELS_AVX512
    @inline(__always) private func add1x8(_ entries: Entries, _ out: UnsafeMutablePointer<Float>) {
      var e = entries
      var (left, right) = (Sums(self, out), Sums(self, out + 64))
      while e.next < e.end {
        let x = value(e)
        let w = row(e)
        left.add(x, w)
        right.add(x, w + 64)
        e.next += 1
      }
      left.end(self, 0, out)
      right.end(self, 64, out)
    }

    /// Two samples at a time: sixteen sums in flight hide the latency that eight only just cover.
    @inline(__always) private func add2x8(
      _ first: Entries, _ second: Entries, _ out: UnsafeMutablePointer<Float>, _ below: UnsafeMutablePointer<Float>
    ) {
      var (e, f) = (first, second)
      var (a, b) = (Sums(self, out), Sums(self, out + 64))
      var (c, d) = (Sums(self, below), Sums(self, below + 64))
      let shared = e.next + (e.end - e.next < f.end - f.next ? e.end - e.next : f.end - f.next)
      while e.next < shared {
        let (x, y) = (value(e), value(f))
        let (w, v) = (row(e), row(f))
        a.add(x, w)
        b.add(x, w + 64)
        c.add(y, v)
        d.add(y, v + 64)
        e.next += 1
        f.next += 1
      }
      while e.next < e.end {
        let x = value(e)
        let w = row(e)
        a.add(x, w)
        b.add(x, w + 64)
        e.next += 1
      }
      while f.next < f.end {
        let y = value(f)
        let v = row(f)
        c.add(y, v)
        d.add(y, v + 64)
        f.next += 1
      }
      a.end(self, 0, out)
      b.end(self, 64, out)
      c.end(self, 0, below)
      d.end(self, 64, below)
    }
  #endif

  @inline(__always) private func add1x1(_ entries: Entries, _ out: UnsafeMutablePointer<Float>) {
    finish(self, rest(start(self, out), entries), 0, out)
  }

  /// Four samples by one vector: the sums of one sample alone would wait for each other.
  @inline(__always) private func add4x1(_ sample: Int, _ out: UnsafeMutablePointer<Float>, _ outStride: Int) {
    var (e, f) = (entries(sample), entries(sample + 1))
    var (g, h) = (entries(sample + 2), entries(sample + 3))
    var (c0, c1) = (start(self, out), start(self, out + outStride))
    var (c2, c3) = (start(self, out + 2 * outStride), start(self, out + 3 * outStride))
    while e.next < e.end, f.next < f.end, g.next < g.end, h.next < h.end {
      c0 = multiplyAdd(c0, value(e), load(row(e)))
      c1 = multiplyAdd(c1, value(f), load(row(f)))
      c2 = multiplyAdd(c2, value(g), load(row(g)))
      c3 = multiplyAdd(c3, value(h), load(row(h)))
      e.next += 1
      f.next += 1
      g.next += 1
      h.next += 1
    }
    finish(self, rest(c0, e), 0, out)
    finish(self, rest(c1, f), 0, out + outStride)
    finish(self, rest(c2, g), 0, out + 2 * outStride)
    finish(self, rest(c3, h), 0, out + 3 * outStride)
  }

  /// A sum with the products of the entries that are left added.
  @inline(__always) private func rest(_ sum: Vector, _ entries: Entries) -> Vector {
    var (sum, e) = (sum, entries)
    while e.next < e.end {
      sum = multiplyAdd(sum, value(e), load(row(e)))
      e.next += 1
    }
    return sum
  }
}
