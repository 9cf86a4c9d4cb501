// Planes: sixteen samples side by side, `[channels, height, width, 16]`. How they are filled from pictures, and how they
// become rows of features and back.

internal import CNumeralCPU

/// See ``numeral_kernel_table/spread_pictures``.
func spreadPictures(
  _ out: UnsafePointer<numeral_planes>, _ bytes: UnsafePointer<UInt8>, _ starts: UnsafePointer<Int64>, _ count: Int,
  _ values: UnsafePointer<Float>
) {
  let o = out.pointee
  var lane = 0
  while lane < 16 {
    var source = bytes + (lane < count ? Int(starts[lane]) : 0)
    var c = 0
    while c < o.channels {
      var y = 0
      while y < o.height {
        var target = o.base + (c * o.plane + y * o.row + lane)
        var x = 0
        if lane < count {
          while x < o.width {
            target.pointee = values[Int(source[x])]
            target += 16
            x += 1
          }
        } else {
          while x < o.width {
            target.pointee = 0
            target += 16
            x += 1
          }
        }
        source += o.width
        y += 1
      }
      c += 1
    }
    lane += 1
  }
}

/// See ``numeral_kernel_table/planes_to_rows``.
func planesToRows(
  _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ planes: UnsafePointer<numeral_planes>, _ count: Int
) {
  let p = planes.pointee
  // Sixteen positions at a time, gathered in order: channel, row, column.
  var square = zeroSquare()
  let rows = floats(&square)
  var gathered = 0
  var feature = 0
  var c = 0
  while c < p.channels {
    var y = 0
    while y < p.height {
      var source = UnsafePointer(p.base) + (c * p.plane + y * p.row)
      let end = source + p.width * 16
      while source < end {
        store(load(source), rows + gathered * 16)
        source += 16
        gathered += 1
        if gathered == 16 {
          transpose(&square)
          storeSquare(square, out + feature, stride, count)
          feature += 16
          gathered = 0
        }
      }
      y += 1
    }
    c += 1
  }
  if gathered > 0 {
    while gathered < 16 {
      store(Vector(repeating: 0), rows + gathered * 16)
      gathered += 1
    }
    transpose(&square)
    storeSquare(square, out + feature, stride, count)
  }
}

/// See ``numeral_kernel_table/rows_to_planes``.
func rowsToPlanes(
  _ planes: UnsafePointer<numeral_planes>, _ input: UnsafePointer<Float>, _ stride: Int, _ count: Int
) {
  let p = planes.pointee
  var square = zeroSquare()
  let rows = floats(&square)
  var taken = 16
  var feature = 0
  var c = 0
  while c < p.channels {
    var y = 0
    while y < p.height {
      var target = p.base + (c * p.plane + y * p.row)
      let end = target + p.width * 16
      while target < end {
        if taken == 16 {
          square = loadSquare(input + feature, stride, count)
          transpose(&square)
          feature += 16
          taken = 0
        }
        store(load(rows + taken * 16), target)
        target += 16
        taken += 1
      }
      y += 1
    }
    c += 1
  }
}

/// See ``numeral_kernel_table/plane_sums``.
func planeSums(_ out: UnsafeMutablePointer<Float>, _ planes: UnsafePointer<numeral_planes>, _ accumulates: Bool) {
  let p = planes.pointee
  var c = 0
  while c < p.channels {
    var sum = Vector(repeating: 0)
    var y = 0
    while y < p.height {
      var source = UnsafePointer(p.base) + (c * p.plane + y * p.row)
      let end = source + p.width * 16
      while source < end {
        sum += load(source)
        source += 16
      }
      y += 1
    }
    let total = sumOfLanes(sum)
    out[c] = accumulates ? out[c] + total : total + 0
    c += 1
  }
}

/// See ``numeral_kernel_table/spread_planes``.
func spreadPlanes(_ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>, _ step: Int) {
  forEachRow(input.pointee) { c, y, count in
    let source = row(input.pointee, c, y)
    let target = row(out.pointee, c, y * step)
    var i = 0
    while i < count {
      store(load(source + i), target + i * step)
      i += 16
    }
  }
}
