internal import CNumeralCPU

// Lists of lit pixels: made from bytes, turned around for a chunk of samples; and bytes turned into numbers.

/// See ``numeral_kernel_table/list_lit_pixels``.
func listLitPixels(
  _ entries: UnsafeMutablePointer<UInt16>, _ starts: UnsafeMutablePointer<UInt16>, _ bytes: UnsafePointer<UInt8>,
  _ pixels: Int, _ pixelsPerBlock: Int, _ blocksPerPass: Int, _ blocks: Int
) -> Int {
  var place = 0
  var pixel = 0
  var passBase = 0
  var block = 0
  while block < blocks {
    if block % blocksPerPass == 0 { passBase = pixel }
    starts[block] = UInt16(truncatingIfNeeded: place)
    let end = block + 1 == blocks ? pixels : pixel + pixelsPerBlock
    while pixel < end {
      // Written always, kept only if lit: no branch to mispredict.
      let byte = bytes[pixel]
      entries[place] = UInt16(truncatingIfNeeded: pixel - passBase) &<< 8 | UInt16(byte)
      place += byte == 0 ? 0 : 1
      pixel += 1
    }
    block += 1
  }
  starts[blocks] = UInt16(truncatingIfNeeded: place)
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
  _ entries: UnsafePointer<UInt16>, _ firsts: UnsafePointer<UInt32>, _ starts: UnsafePointer<UInt16>,
  _ rows: UnsafePointer<Int32>, _ samples: Int, _ blocks: Int, _ pixelsPerBlock: Int, _ blocksPerPass: Int,
  _ firstBlock: Int, _ lastBlock: Int, _ pixels: Int
) {
  let pass = firstBlock / blocksPerPass * blocksPerPass
  var p = (firstBlock - pass) * pixelsPerBlock
  let end = (lastBlock == blocks ? pixels : lastBlock * pixelsPerBlock) - pass * pixelsPerBlock
  while p < end {
    counts[p] = 0
    p += 1
  }
  if samples == 0 { return }
  func list(_ s: Int) -> (first: UnsafePointer<UInt16>, end: UnsafePointer<UInt16>) {
    let number = Int(rows[s])
    let range = starts + number * (blocks + 1)
    let own = entries + Int(firsts[number])
    return (own + Int(range[firstBlock]), own + Int(range[lastBlock]))
  }
  // The samples of a pixel stay in order.
  var following = list(0)
  var s = 0
  while s < samples {
    var (e, last) = following
    // Where a list ends cannot be predicted, and behind a misprediction the next would be waited for, load after load.
    following = list(s + 1 < samples ? s + 1 : s)
    numeral_prefetch(following.first)
    let sample = UInt16(truncatingIfNeeded: s) &<< 8
    while e < last {
      let entry = e.pointee
      let pixel = Int(entry &>> 8)
      let count = counts[pixel]
      lists[pixel * listStride + Int(count)] = sample | entry & 255
      counts[pixel] = count + 1
      e += 1
    }
    s += 1
  }
}
