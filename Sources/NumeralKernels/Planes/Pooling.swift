// Pooling of planes, a channel at a time, with whole vectors of sixteen samples and no shuffles.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putPooling(into table: inout numeral_kernel_table) {
  table.planes.max_pool = maxPool
  table.planes.max_pool_back = maxPoolBack
  table.planes.average_pool = averagePool
  table.planes.average_pool_back = averagePoolBack
}

/// See ``numeral_plane_kernels/max_pool``.
private func maxPool(
  _ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>, _ window: UnsafePointer<numeral_window>
) {
  let (window, step) = (window.pointee.height, window.pointee.step)
  if window == 2 {
    // The usual case without loops of two iterations, whose branches are often mispredicted.
    forEachWindow(out.pointee, input.pointee, step) { source, row, target in
      let upper = larger(load(source + 16), load(source))
      store(larger(load(source + (row + 16)), larger(load(source + row), upper)), target)
    }
    return
  }
  forEachWindow(out.pointee, input.pointee, step) { source, row, target in
    var best = load(source)
    var i = 0
    while i < window {
      var j = 0
      while j < window {
        best = larger(load(source + (i * row + j * 16)), best)
        j += 1
      }
      i += 1
    }
    store(best, target)
  }
}

/// See ``numeral_plane_kernels/average_pool``.
private func averagePool(
  _ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>, _ window: UnsafePointer<numeral_window>
) {
  let (height, width, step) = (window.pointee.height, window.pointee.width, window.pointee.step)
  let share = Vector(repeating: 1 / Float(height * width))
  forEachWindow(out.pointee, input.pointee, step) { source, row, target in
    var sum = Vector(repeating: 0)
    var i = 0
    while i < height {
      var j = 0
      while j < width {
        sum += load(source + (i * row + j * 16))
        j += 1
      }
      i += 1
    }
    store(sum * share, target)
  }
}

/// See ``numeral_plane_kernels/max_pool_back``.
private func maxPoolBack(
  _ result: UnsafePointer<numeral_planes>, _ delta: UnsafePointer<numeral_planes>,
  _ input: UnsafePointer<numeral_planes>, _ pooled: UnsafePointer<numeral_planes>,
  _ window: UnsafePointer<numeral_window>, _ activation: UnsafePointer<numeral_activation>
) {
  let (window, step) = (window.pointee.height, window.pointee.step)
  let isRectified = activation.pointee.function == numeral_activation_relu
  let isIdentity = activation.pointee.function == numeral_activation_identity
  let zero = Vector(repeating: 0)
  let r = result.pointee
  let x = input.pointee
  let d = delta.pointee
  let best = pooled.pointee
  if window == 2, step == 2, r.height / 2 == d.height, r.width / 2 == d.width, isRectified || isIdentity {
    pairsBack(r, d, x, best, isRectified)
    return
  }
  clear(r)
  var c = 0
  while c < d.channels {
    var y = 0
    while y < d.height {
      var column = 0
      while column < d.width {
        let share = load(d.base + (c * d.plane + y * d.row + column * 16))
        let most = load(best.base + (c * best.plane + y * best.row + column * 16))
        var isFree = most .== most
        var i = 0
        while i < window {
          var j = 0
          while j < window {
            let value = load(x.base + (c * x.plane + (y * step + i) * x.row + (column * step + j) * 16))
            let target = r.base + (c * r.plane + (y * step + i) * r.row + (column * step + j) * 16)
            let isHere = isFree .& (value .== most)
            store(load(target) + zero.replacing(with: share, where: isHere), target)
            isFree = isFree .& .!isHere
            j += 1
          }
          i += 1
        }
        column += 1
      }
      y += 1
    }
    c += 1
  }
  differentiatePlanes(result, input, activation)
}

/// The usual case in one pass: windows of 2 by 2 side by side, below them no activation or ReLU.
///
/// If ReLU gave zero everywhere in a window, the maximum is zero and no delta passes. A last row or column that no
/// window covers gets no delta either.
@inline(__always) private func pairsBack(
  _ r: numeral_planes, _ d: numeral_planes, _ x: numeral_planes, _ best: numeral_planes, _ isRectified: Bool
) {
  let zero = Vector(repeating: 0)
  var c = 0
  while c < d.channels {
    var y = 0
    while y < d.height {
      var share = d.base + (c * d.plane + y * d.row)
      var most = best.base + (c * best.plane + y * best.row)
      var source = x.base + (c * x.plane + 2 * y * x.row)
      var target = r.base + (c * r.plane + 2 * y * r.row)
      let end = share + d.width * 16
      while share < end {
        let m = load(most)
        var rest = load(share)
        if isRectified { rest = rest.replacing(with: zero, where: m .<= zero) }
        let first = load(source) .== m
        store(zero.replacing(with: rest, where: first), target)
        rest = rest.replacing(with: zero, where: first)
        let second = load(source + 16) .== m
        store(zero.replacing(with: rest, where: second), target + 16)
        rest = rest.replacing(with: zero, where: second)
        let third = load(source + x.row) .== m
        store(zero.replacing(with: rest, where: third), target + r.row)
        rest = rest.replacing(with: zero, where: third)
        store(rest, target + (r.row + 16))
        share += 16
        most += 16
        source += 32
        target += 32
      }
      if r.width > 2 * d.width {
        store(zero, target)
        store(zero, target + r.row)
      }
      y += 1
    }
    if r.height > 2 * d.height { clearRow(r, c, r.height - 1) }
    c += 1
  }
}

/// See ``numeral_plane_kernels/average_pool_back``.
private func averagePoolBack(
  _ result: UnsafePointer<numeral_planes>, _ delta: UnsafePointer<numeral_planes>,
  _ input: UnsafePointer<numeral_planes>, _ window: UnsafePointer<numeral_window>,
  _ activation: UnsafePointer<numeral_activation>
) {
  let (height, width, step) = (window.pointee.height, window.pointee.width, window.pointee.step)
  let share = Vector(repeating: 1 / Float(height * width))
  clear(result.pointee)
  forEachWindow(delta.pointee, result.pointee, step) { target, row, source in
    let d = load(source) * share
    var i = 0
    while i < height {
      var j = 0
      while j < width {
        let at = UnsafeMutablePointer(mutating: target) + (i * row + j * 16)
        store(load(at) + d, at)
        j += 1
      }
      i += 1
    }
  }
  differentiatePlanes(result, input, activation)
}

/// Sets all positions to zero.
@inline(__always) private func clear(_ planes: numeral_planes) {
  var c = 0
  while c < planes.channels {
    var y = 0
    while y < planes.height {
      clearRow(planes, c, y)
      y += 1
    }
    c += 1
  }
}

@inline(__always) private func clearRow(_ planes: numeral_planes, _ channel: Int, _ y: Int) {
  var at = row(planes, channel, y)
  let end = at + planes.width * 16
  while at < end {
    store(Vector(repeating: 0), at)
    at += 16
  }
}

/// Calls a body for every position of `small`, with the first element of its window in `large`, the row stride of
/// `large`, and the element of the position.
@inline(__always) private func forEachWindow(
  _ small: numeral_planes, _ large: numeral_planes, _ step: Int,
  _ body: (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void
) {
  var c = 0
  while c < small.channels {
    var y = 0
    while y < small.height {
      var source = UnsafePointer(large.base) + (c * large.plane + y * step * large.row)
      var target = small.base + (c * small.plane + y * small.row)
      let end = target + small.width * 16
      while target < end {
        body(source, large.row, target)
        source += step * 16
        target += 16
      }
      y += 1
    }
    c += 1
  }
}
