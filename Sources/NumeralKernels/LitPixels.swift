// Lists of lit pixels made from bytes, and bytes turned into numbers.

/// See ``numeral_kernel_table/list_lit_pixels``.
func listLitPixels(
  _ record: UnsafeMutablePointer<UInt16>, _ bytes: UnsafePointer<UInt8>, _ pixels: Int, _ pixelsPerPass: Int,
  _ passes: Int
) -> Int {
  var place = 0
  var pixel = 0
  var pass = 0
  while pass < passes {
    let start = place
    let first = pixel
    let end = pass + 1 == passes ? pixels : pixel + pixelsPerPass
    place += 1
    while pixel < end {
      // Written always, kept only if lit: no branch to mispredict.
      let byte = bytes[pixel]
      record[place] = UInt16(truncatingIfNeeded: pixel - first) &<< 8 | UInt16(byte)
      place += byte == 0 ? 0 : 1
      pixel += 1
    }
    record[start] = UInt16(truncatingIfNeeded: place - start - 1)
    pass += 1
  }
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
