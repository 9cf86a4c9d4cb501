internal import CNumeralCPU

// Lists of non-zero pixels made from bytes, and conversion of bytes to numbers.

/// Puts the kernels of this file into the table.
func putNonzeroPixels(into table: inout numeral_kernel_table) {
  table.sparse.list_nonzero_pixels = listNonzeroPixels
  table.sparse.look_up = lookUp
}

/// See ``numeral_sparse_kernels/list_nonzero_pixels``.
///
/// There is no branch that depends on the image: a mispredicted one costs as much as sixty pixels.
private func listNonzeroPixels(
  _ record: UnsafeMutablePointer<UInt16>, _ bytes: UnsafePointer<UInt8>, _ pixels: Int, _ pixelsPerPass: Int,
  _ passes: Int, _ patterns: UnsafePointer<UInt16>
) -> Int {
  var place = 0
  var first = 0
  var pass = 0
  while pass < passes {
    let start = place
    let count = pass + 1 == passes ? pixels - first : pixelsPerPass
    place = listPass(record, start + 1, bytes + first, count, patterns)
    record[start] = UInt16(truncatingIfNeeded: place - start - 1)
    first += count
    pass += 1
  }
  return place
}

/// Lists the non-zero pixels of one pass from an index on, and returns the index after them.
@inline(__always) private func listPass(
  _ record: UnsafeMutablePointer<UInt16>, _ start: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int,
  _ patterns: UnsafePointer<UInt16>
) -> Int {
  var place = start
  var pixel = 0
  #if KERNELS_AVX512
    // The entries of non-zero pixels are compacted, sixteen pixels at a time.
    var numbers = IntegerVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    while count - pixel >= 16 {
      var bits: UInt16 = 0
      let sixteen = UnsafeRawPointer(bytes + pixel).loadUnaligned(as: SIMD16<UInt8>.self)
      UnsafeMutableRawPointer(record + place).storeBytes(
        of: numeral_nonzero_entries(sixteen, numbers, &bits), as: SIMD16<UInt16>.self)
      place += bits.nonzeroBitCount
      numbers = numbers &+ IntegerVector(repeating: 16)
      pixel += 16
    }
  #elseif KERNELS_AVX2
    // Eight entries are written in the order given by the pattern of non-zero pixels. Only as many are kept as there
    // are non-zero pixels.
    while count - pixel >= 8 {
      let word = UnsafeRawPointer(bytes + pixel).loadUnaligned(as: UInt64.self)
      let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      // The top bit of each non-zero byte; the product collects the eight bits in the top byte.
      let nonzero = ((word & low) &+ low | word) & ~low
      let pattern = Int(truncatingIfNeeded: ((nonzero &>> 7) &* 0x0102_0408_1020_4080) &>> 56)
      let eight = UnsafeRawPointer(bytes + pixel).loadUnaligned(as: SIMD8<UInt8>.self)
      let numbers = SIMD8<UInt16>(0, 1, 2, 3, 4, 5, 6, 7) &+ SIMD8<UInt16>(repeating: UInt16(truncatingIfNeeded: pixel))
      let entries =
        SIMD8<UInt16>(truncatingIfNeeded: eight) | (numbers &<< SIMD8<UInt16>(repeating: 8))
      let places = UnsafeRawPointer(patterns + pattern * 8).loadUnaligned(as: SIMD8<UInt16>.self)
      let bytesOfPlaces = places &* SIMD8<UInt16>(repeating: 0x0202) &+ SIMD8<UInt16>(repeating: 0x0100)
      UnsafeMutableRawPointer(record + place).storeBytes(
        of: numeral_pick(entries, bytesOfPlaces), as: SIMD8<UInt16>.self)
      place += nonzero.nonzeroBitCount
      pixel += 8
    }
  #endif
  while pixel < count {
    // Always written, but kept only if non-zero.
    let byte = bytes[pixel]
    record[place] = UInt16(truncatingIfNeeded: pixel) &<< 8 | UInt16(byte)
    place += byte == 0 ? 0 : 1
    pixel += 1
  }
  return place
}

/// See ``numeral_sparse_kernels/look_up``.
private func lookUp(
  _ out: UnsafeMutablePointer<Float>, _ bytes: UnsafePointer<UInt8>, _ values: UnsafePointer<Float>, _ count: Int
) {
  var i = 0
  while i < count {
    out[i] = values[Int(bytes[i])]
    i += 1
  }
}
