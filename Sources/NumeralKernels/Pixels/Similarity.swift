// Which images have the same non-zero pixels; for tiles, which leave out pixels that are zero in all of their samples.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putSimilarity(into table: inout numeral_kernel_table) {
  table.tiles.nonzero_mask = nonzeroMask
  table.tiles.fewest_added = fewestAdded
}

/// See ``numeral_tile_kernels/nonzero_mask``.
private func nonzeroMask(
  _ mask: UnsafeMutablePointer<UInt64>, _ bytes: UnsafePointer<UInt8>, _ pixels: UnsafePointer<Int32>, _ count: Int,
  _ group: Int
) {
  var place = 0
  var bit: UInt64 = 0
  while bit < 256 {
    var word: UInt64 = 0
    repeat {
      let end = count - place < group ? count : place + group
      var seen: UInt8 = 0
      while place < end {
        seen |= bytes[Int(pixels[place])]
        place += 1
      }
      word |= (seen == 0 ? 0 : 1) &<< (bit & 63)
      bit += 1
    } while bit & 63 != 0
    mask[Int(bit &>> 6) - 1] = word
  }
}

/// See ``numeral_tile_kernels/fewest_added``.
private func fewestAdded(_ masks: UnsafePointer<UInt64>, _ count: Int, _ mask: UnsafePointer<UInt64>) -> Int {
  let (a, b, c, d) = (~mask[0], ~mask[1], ~mask[2], ~mask[3])
  var best = 0
  var fewest = Int.max
  var i = 0
  while i < count {
    let m = masks + 4 * i
    let added =
      ((m[0] & a).nonzeroBitCount + (m[1] & b).nonzeroBitCount)
      + ((m[2] & c).nonzeroBitCount + (m[3] & d).nonzeroBitCount)
    if added < fewest {
      fewest = added
      best = i
    }
    i += 1
  }
  return best
}
