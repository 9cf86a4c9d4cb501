// Planes: sixteen samples side by side, `[channels, height, width, 16]`. How images become planes, and planes become
// rows of features and back.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putPlanes(into table: inout numeral_kernel_table) {
  table.planes.spread_images = spreadImages
  table.planes.planes_to_rows = planesToRows
  table.planes.rows_to_planes = rowsToPlanes
  table.planes.spread_planes = spreadPlanes
  table.planes.plane_sums = planeSums
}

/// See ``numeral_plane_kernels/spread_images``.
///
/// One row of all images at a time: its vectors then stay in the first cache until the last image has filled its lane.
/// A whole plane of 28 by 28 would not.
private func spreadImages(
  _ out: UnsafePointer<numeral_planes>, _ bytes: UnsafePointer<UInt8>, _ starts: UnsafePointer<Int64>, _ count: Int,
  _ values: UnsafePointer<Float>
) {
  let o = out.pointee
  var first = 0
  forEachRow(o) { c, y, _ in
    let target = row(o, c, y)
    var lane = 0
    while lane < count {
      let source = bytes + (Int(starts[lane]) + first)
      var at = target + lane
      var x = 0
      while x < o.width {
        at.pointee = values[Int(source[x])]
        at += 16
        x += 1
      }
      lane += 1
    }
    while lane < 16 {
      var at = target + lane
      let end = at + o.width * 16
      while at < end {
        at.pointee = 0
        at += 16
      }
      lane += 1
    }
    first += o.width
  }
}

/// See ``numeral_plane_kernels/planes_to_rows``.
private func planesToRows(_ out: UnsafePointer<numeral_matrix>, _ planes: UnsafePointer<numeral_planes>) {
  let p = planes.pointee
  let out = out.pointee
  // Sixteen positions at a time, in the order channel, row, column.
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
          storeSquare(square, out.base + feature, out.stride, out.rows)
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
    storeSquare(square, out.base + feature, out.stride, out.rows)
  }
}

/// See ``numeral_plane_kernels/rows_to_planes``.
private func rowsToPlanes(_ planes: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_matrix>) {
  let p = planes.pointee
  let input = input.pointee
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
          square = loadSquare(input.base + feature, input.stride, input.rows)
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

/// See ``numeral_plane_kernels/plane_sums``.
///
/// Four channels at a time: a single sum would wait for its own last addition.
private func planeSums(
  _ out: UnsafeMutablePointer<Float>, _ planes: UnsafePointer<numeral_planes>, _ accumulates: Bool
) {
  let p = planes.pointee
  var c = 0
  while c < p.channels {
    // If fewer are left, the last channel is summed again; the repeated sums are ignored.
    let left = p.channels - c
    let second = left > 1 ? p.plane : 0
    let third = left > 2 ? 2 * p.plane : second
    let fourth = left > 3 ? 3 * p.plane : third
    let zero = Vector(repeating: 0)
    var (s0, s1, s2, s3) = (zero, zero, zero, zero)
    var y = 0
    while y < p.height {
      var source = UnsafePointer(row(p, c, y))
      let end = source + p.width * 16
      while source < end {
        s0 += load(source)
        s1 += load(source + second)
        s2 += load(source + third)
        s3 += load(source + fourth)
        source += 16
      }
      y += 1
    }
    add(sumOfLanes(s0), out + c, accumulates)
    if left > 1 { add(sumOfLanes(s1), out + (c + 1), accumulates) }
    if left > 2 { add(sumOfLanes(s2), out + (c + 2), accumulates) }
    if left > 3 { add(sumOfLanes(s3), out + (c + 3), accumulates) }
    c += 4
  }
}

@inline(__always) private func add(_ total: Float, _ out: UnsafeMutablePointer<Float>, _ accumulates: Bool) {
  out.pointee = accumulates ? out.pointee + total : total + 0
}

/// See ``numeral_plane_kernels/spread_planes``.
private func spreadPlanes(_ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>, _ step: Int) {
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
