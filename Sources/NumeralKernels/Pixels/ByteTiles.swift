// A first layer of at most sixteen units, computed from bytes. With units in the lanes of a vector, ten units would
// leave six lanes idle, and every pixel of every sample would be decoded for a single multiply-add. Here sixteen
// samples are in the lanes (forward) or sixteen pixels (gradient), and each vector of bytes serves every unit: ten
// multiply-adds with ten numbers of a row of weights or deltas. Terms that are zero in all sixteen lanes were left out
// when the tiles were packed.
//
// Both directions use one loop, limited by its multiply-adds: on Zen 5 a term takes 6 cycles for ten units, and five of
// these are the ten multiply-adds. Rejected: units in the lanes (an iteration of `tiny` took 1,970 cycles a sample); a
// vector of sixteen bytes for each term, which Swift widens lane by lane; tiles of 32 samples, in which more pixels are
// non-zero.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putByteTiles(into table: inout numeral_kernel_table) {
  table.tiles.count_terms = countTileTerms
  table.tiles.pack = packTile
  table.tiles.product = tileProduct
  table.tiles.gradient = tileGradient
}

/// How bytes become numbers: byte / maximum, rounded once.
private struct ByteScale {
  #if KERNELS_BASELINE
    private let maximum: Float

    @inline(__always) init(_ maximum: Float) { self.maximum = maximum }
  #else
    // 1 / maximum = 2⁻ᵏ · (1 + rest), where 2ᵏ is the smallest power of two that is not below maximum. A byte in the
    // last bits of a power of two, minus that power, is byte · 2⁻ᵏ; then one multiply-add. A relative error of rest is
    // multiplied by rest, which is 1/255 for 255; no byte is rounded wrongly.
    private let power: UInt32
    private let rest: Float

    @inline(__always) init(_ maximum: Float) {
      let ceiling: Float = maximum.significand == 1 ? maximum : 2 * maximum.binade
      power = (Float(8_388_608) / ceiling).bitPattern
      rest = (ceiling - maximum) / maximum
    }
  #endif

  /// The numbers for sixteen bytes, each in a lane of its own.
  @inline(__always) func numbers(_ bytes: ByteVector) -> Vector {
    #if KERNELS_BASELINE
      // A byte in the last bits of 2²³, minus 2²³.
      let b = unsafeBitCast(bytes | 0x4B00_0000, to: Vector.self) - Vector(repeating: 8_388_608)
      return b / Vector(repeating: maximum)
    #else
      let part =
        unsafeBitCast(bytes | ByteVector(repeating: power), to: Vector.self)
        - Vector(repeating: Float(bitPattern: power))
      return multiplyAdd(part, rest, part)
    #endif
  }
}

/// Sixteen lanes of four bytes: four terms of a tile.
typealias ByteVector = SIMD16<UInt32>

/// See ``numeral_tile_kernels/product``.
private func tileProduct(
  _ out: UnsafePointer<numeral_matrix>, _ tiles: UnsafePointer<numeral_tiles>,
  _ weights: UnsafePointer<numeral_matrix>, _ bias: UnsafePointer<Float>,
  _ activation: UnsafePointer<numeral_activation>
) {
  let tiling = Tiling(tiles, rows: weights.pointee, result: out.pointee)
  let activation = activation.pointee
  let count = tiles.pointee.count
  var square = zeroSquare()
  var lane = 0
  while lane < count {
    if lane & 63 == 0 { tiling.fetch(lane &>> 4, (count + 15) &>> 4) }
    tiling.product(&square, lane, bias, activation)
    lane += 16
  }
}

/// See ``numeral_tile_kernels/gradient``.
private func tileGradient(
  _ gradient: UnsafePointer<numeral_matrix>, _ tiles: UnsafePointer<numeral_tiles>,
  _ delta: UnsafePointer<numeral_matrix>, _ accumulates: Bool
) {
  let tiling = Tiling(tiles, rows: delta.pointee, result: gradient.pointee)
  let count = tiles.pointee.count
  var square = zeroSquare()
  var lane = 0
  while lane < count {
    if lane & 63 == 0 { tiling.fetch(lane &>> 4, (count + 15) &>> 4) }
    tiling.gradient(&square, lane, accumulates)
    lane += 16
  }
}

/// The operands that the tiles of one call share.
private struct Tiling {
  let bytes: UnsafePointer<UInt8>
  let places: UnsafePointer<UInt16>
  let starts: UnsafePointer<Int32>
  let scale: ByteScale
  /// The rows that the places select: weights or deltas.
  let rows: UnsafePointer<Float>
  let stride: Int
  let outputs: Int
  /// For each lane the row of the result, the number of lanes that have a row, and the address of the result's row 0.
  let resultRows: UnsafePointer<Int32>
  let count: Int
  let result: UnsafeMutablePointer<Float>
  let resultStride: Int

  @inline(__always) init(_ tiles: UnsafePointer<numeral_tiles>, rows: numeral_matrix, result: numeral_matrix) {
    bytes = tiles.pointee.bytes
    places = tiles.pointee.places
    starts = tiles.pointee.starts
    scale = ByteScale(tiles.pointee.maximum)
    self.rows = UnsafePointer(rows.base)
    stride = rows.stride
    outputs = result.columns
    resultRows = tiles.pointee.rows
    count = tiles.pointee.count
    self.result = result.base - tiles.pointee.first * result.stride
    resultStride = result.stride
  }

  /// Reads the first lines of every page of the next tiles, four of them if there are as many. A core prefetches
  /// sequential reads, but not across a page of 4 KiB, and would wait at each page. This way the waits overlap.
  @inline(__always) func fetch(_ tile: Int, _ tiles: Int) {
    var b = bytes + Int(starts[tile]) * 64
    let end = bytes + Int(starts[tile + 4 < tiles ? tile + 4 : tiles]) * 64
    // From here on whole pages, so that every read is before the end.
    var seen: UInt8 = 0
    while b + 256 <= end {
      seen |= b[0] | b[64] | b[128] | b[192]
      b = UnsafePointer(bitPattern: (UInt(bitPattern: b) | 4095) + 1).unsafelyUnwrapped
    }
    keep(seen)
  }

  /// Computes the outputs of the tile that starts at a lane, and writes them to its rows; `square` is scratch memory.
  @inline(__always) func product(
    _ square: UnsafeMutablePointer<Square>, _ lane: Int, _ bias: UnsafePointer<Float>, _ activation: numeral_activation
  ) {
    let sums = floats(square)
    square.pointee = zeroSquare()
    add(lane &>> 4, sums)
    var j = 0
    while j < outputs {
      let sum = (load(sums + 16 * j) + Vector(repeating: bias[j])) + Vector(repeating: 0)
      store(sum, sums + 16 * j)
      j += 1
    }
    activate(sums, 16, outputs, 16, activation)
    transpose(square)
    var row = 0
    while row < 16, lane + row < count {
      store(load(sums + 16 * row), result(lane + row))
      row += 1
    }
  }

  /// Computes the gradient of the tile that starts at a lane, and writes it to its rows.
  @inline(__always) func gradient(_ square: UnsafeMutablePointer<Square>, _ lane: Int, _ accumulates: Bool) {
    let sums = floats(square)
    square.pointee = zeroSquare()
    if accumulates {
      var row = 0
      while row < 16, lane + row < count {
        store(load(result(lane + row)), sums + 16 * row)
        row += 1
      }
      transpose(square)
    }
    add(lane &>> 4, sums)
    transpose(square)
    var row = 0
    while row < 16, lane + row < count {
      store(load(sums + 16 * row) + Vector(repeating: 0), result(lane + row))
      row += 1
    }
  }

  /// The row of the result for a lane.
  @inline(__always) private func result(_ lane: Int) -> UnsafeMutablePointer<Float> {
    result + Int(resultRows[lane]) * resultStride
  }

  /// Adds the terms of a tile to its sums of sixteen lanes for each output, as many outputs at a time as registers
  /// hold.
  @inline(__always) private func add(_ tile: Int, _ sums: UnsafeMutablePointer<Float>) {
    let start = Int(starts[tile])
    let fours = Int(starts[tile + 1]) - start
    let b = bytes + start * 64
    let p = places + start * 4
    var j = 0
    while j < outputs {
      let left = outputs - j
      let s = sums + 16 * j
      // Widths are even: an odd number of units also computes one column of padding, which is zeros.
      #if KERNELS_AVX512
        if left > 14 {
          j += add(s, b, p, fours, j, 16)
        } else if left > 12 {
          j += add(s, b, p, fours, j, 14)
        } else if left > 10 {
          j += add(s, b, p, fours, j, 12)
        } else if left > 8 {
          j += add(s, b, p, fours, j, 10)
        } else if left > 6 {
          j += add(s, b, p, fours, j, 8)
        } else if left > 4 {
          j += add(s, b, p, fours, j, 6)
        } else if left > 2 {
          j += add(s, b, p, fours, j, 4)
        } else {
          j += add(s, b, p, fours, j, 2)
        }
      #elseif KERNELS_AVX2
        if left > 4 {
          j += add(s, b, p, fours, j, 6)
        } else if left > 2 {
          j += add(s, b, p, fours, j, 4)
        } else {
          j += add(s, b, p, fours, j, 2)
        }
      #else
        _ = left
        j += add(s, b, p, fours, j, 2)
      #endif
    }
  }

  /// Adds groups of four terms to `width` outputs, and returns the width, which is a literal where this is inlined.
  @inline(__always) private func add(
    _ sums: UnsafeMutablePointer<Float>, _ bytes: UnsafePointer<UInt8>, _ places: UnsafePointer<UInt16>, _ fours: Int,
    _ output: Int, _ width: Int
  ) -> Int {
    var square = loadSquare(sums, 16, width)
    let columns = rows + output
    var b = UnsafeRawPointer(bytes)
    var p = places
    let end = b + fours * 64
    while b < end {
      let four = b.loadUnaligned(as: ByteVector.self)
      addProducts(&square, scale.numbers(four & 255), columns + Int(p[0]) * stride, width)
      addProducts(&square, scale.numbers(four &>> 8 & 255), columns + Int(p[1]) * stride, width)
      addProducts(&square, scale.numbers(four &>> 16 & 255), columns + Int(p[2]) * stride, width)
      addProducts(&square, scale.numbers(four &>> 24), columns + Int(p[3]) * stride, width)
      b += 64
      p += 4
    }
    storeSquare(square, sums, 16, width)
    return width
  }
}

/// See ``numeral_tile_kernels/count_terms``.
private func countTileTerms(_ source: UnsafePointer<numeral_tile_bytes>) -> Int {
  let source = source.pointee
  var count = 0
  var term = 0
  while term < source.term_count {
    count += isNonzero(source.bytes + Int(source.terms[term]), source.lanes, source.lane_count) ? 1 : 0
    term += 1
  }
  return count
}

/// See ``numeral_tile_kernels/pack``.
private func packTile(
  _ tile: UnsafeMutablePointer<UInt8>, _ places: UnsafeMutablePointer<UInt16>, _ from: UnsafePointer<numeral_tile_bytes>
) {
  let (lanes, laneCount) = (from.pointee.lanes, from.pointee.lane_count)
  let termCount = from.pointee.term_count
  var place = 0
  var term = 0
  while term < termCount {
    let source = from.pointee.bytes + Int(from.pointee.terms[term])
    if isNonzero(source, lanes, laneCount) {
      let target = tile + ((place &>> 2) * 64 + (place & 3))
      var lane = 0
      while lane < 16 {
        target[4 * lane] = lane < laneCount ? source[Int(lanes[lane])] : 0
        lane += 1
      }
      places[place] = UInt16(truncatingIfNeeded: term)
      place += 1
    }
    term += 1
  }
  // The last group of four is filled with zeros and a row that is read anyway.
  while place & 3 != 0 {
    let target = tile + ((place &>> 2) * 64 + (place & 3))
    var lane = 0
    while lane < 16 {
      target[4 * lane] = 0
      lane += 1
    }
    places[place] = places[place - 1]
    place += 1
  }
}

/// True if a term is non-zero in some lane.
@inline(__always) private func isNonzero(
  _ term: UnsafePointer<UInt8>, _ lanes: UnsafePointer<Int64>, _ laneCount: Int
) -> Bool {
  var any: UInt8 = 0
  var lane = 0
  while lane < laneCount {
    any |= term[Int(lanes[lane])]
    lane += 1
  }
  return any != 0
}

/// Prevents the compiler from removing a value as unused.
@inline(never) private func keep(_ value: UInt8) {}
