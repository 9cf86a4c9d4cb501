// Lists of lit pixels: made from bytes, turned around for a chunk of samples; and bytes turned into numbers.

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
