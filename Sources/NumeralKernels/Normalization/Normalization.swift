// Normalization: moments of a channel or a feature over some samples, the line y = f(a x + b) that normalizes, and the
// gradients of both.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putNormalization(into table: inout numeral_kernel_table) {
  table.normalization.plane_moments = planeMoments
  table.normalization.plane_line = planeLine
  table.normalization.plane_delta_sums = planeDeltaSums
  table.normalization.plane_line_back = planeLineBack
  table.normalization.column_moments = columnMoments
  table.normalization.column_line = columnLine
  table.normalization.column_delta_sums = columnDeltaSums
  table.normalization.column_line_back = columnLineBack
}

/// See ``numeral_normalization_kernels/plane_moments``.
private func planeMoments(
  _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>, _ planes: UnsafePointer<numeral_planes>,
  _ count: Int
) {
  let p = planes.pointee
  let zero = Vector(repeating: 0)
  let isSample = lanesBelow(count)
  let share = 1 / Float(count * p.height * p.width)
  var c = 0
  while c < p.channels {
    var sum = zero
    forEachVector(p, c) { sum += load($0) }
    let m = sumOfLanes(sum.replacing(with: 0, where: .!isSample)) * share
    var deviation = zero
    forEachVector(p, c) {
      let d = load($0) - m
      deviation = multiplyAdd(deviation, d, d)
    }
    mean[c] = m
    square[c] = sumOfLanes(deviation.replacing(with: 0, where: .!isSample))
    c += 1
  }
}

/// See ``numeral_normalization_kernels/plane_line``.
private func planeLine(
  _ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>, _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>, _ activation: UnsafePointer<numeral_activation>
) {
  let activation = activation.pointee
  let o = out.pointee
  let x = input.pointee
  var c = 0
  while c < o.channels {
    let factor = Vector(repeating: a[c])
    let offset = Vector(repeating: b[c])
    var y = 0
    while y < o.height {
      let target = o.base + (c * o.plane + y * o.row)
      let source = UnsafePointer(x.base) + (c * x.plane + y * x.row)
      let count = o.width * 16
      var i = 0
      if activation.function == numeral_activation_relu {
        while i < count {
          store(larger(multiplyAdd(offset, factor, load(source + i)), Vector(repeating: 0)), target + i)
          i += 16
        }
      } else {
        while i < count {
          store(multiplyAdd(offset, factor, load(source + i)), target + i)
          i += 16
        }
        activate(target, count, 1, count, activation)
      }
      y += 1
    }
    c += 1
  }
}

/// See ``numeral_normalization_kernels/plane_delta_sums``.
private func planeDeltaSums(
  _ sums: UnsafeMutablePointer<Float>, _ products: UnsafeMutablePointer<Float>, _ delta: UnsafePointer<numeral_planes>,
  _ input: UnsafePointer<numeral_planes>, _ mean: UnsafePointer<Float>
) {
  let d = delta.pointee
  let x = input.pointee
  var c = 0
  while c < d.channels {
    let m = Vector(repeating: mean[c])
    var sum = Vector(repeating: 0)
    var product = sum
    var y = 0
    while y < d.height {
      let left = UnsafePointer(d.base) + (c * d.plane + y * d.row)
      let right = UnsafePointer(x.base) + (c * x.plane + y * x.row)
      var i = 0
      while i < d.width * 16 {
        let value = load(left + i)
        sum += value
        product = multiplyAdd(product, value, load(right + i) - m)
        i += 16
      }
      y += 1
    }
    sums[c] = sumOfLanes(sum)
    products[c] = sumOfLanes(product)
    c += 1
  }
}

/// See ``numeral_normalization_kernels/plane_line_back``.
private func planeLineBack(
  _ result: UnsafePointer<numeral_planes>, _ delta: UnsafePointer<numeral_planes>,
  _ input: UnsafePointer<numeral_planes>, _ count: Int, _ line: UnsafePointer<numeral_line>
) {
  let line = line.pointee
  let r = result.pointee
  let d = delta.pointee
  let x = input.pointee
  let zero = Vector(repeating: 0)
  let isSample = lanesBelow(count)
  var c = 0
  while c < r.channels {
    let forDelta = Vector(repeating: line.a[c])
    let forInput = Vector(repeating: line.b[c])
    let offset = Vector(repeating: line.constant[c])
    var y = 0
    while y < r.height {
      let target = r.base + (c * r.plane + y * r.row)
      let left = UnsafePointer(d.base) + (c * d.plane + y * d.row)
      let right = UnsafePointer(x.base) + (c * x.plane + y * x.row)
      var i = 0
      while i < r.width * 16 {
        let value = multiplyAdd(multiplyAdd(offset, forInput, load(right + i)), forDelta, load(left + i))
        store(zero.replacing(with: value, where: isSample), target + i)
        i += 16
      }
      y += 1
    }
    c += 1
  }
}

/// See ``numeral_normalization_kernels/column_moments``.
private func columnMoments(
  _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>, _ matrix: UnsafePointer<numeral_matrix>
) {
  let (rows, stride, samples) = (matrix.pointee.base, matrix.pointee.stride, matrix.pointee.rows)
  let columns = wholeVectors(matrix.pointee.columns)
  let share = 1 / Float(samples)
  var j = 0
  while j < columns {
    var sum = Vector(repeating: 0)
    var s = 0
    while s < samples {
      sum += load(rows + (s * stride + j))
      s += 1
    }
    let m = sum * share
    var deviation = Vector(repeating: 0)
    s = 0
    while s < samples {
      let d = load(rows + (s * stride + j)) - m
      deviation = multiplyAdd(deviation, d, d)
      s += 1
    }
    store(m, mean + j)
    store(deviation, square + j)
    j += 16
  }
}

/// See ``numeral_normalization_kernels/column_line``.
private func columnLine(
  _ out: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>, _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>, _ activation: UnsafePointer<numeral_activation>
) {
  let (out, input) = (out.pointee, input.pointee)
  let columns = wholeVectors(out.columns)
  var s = 0
  while s < out.rows {
    var j = 0
    while j < columns {
      store(
        multiplyAdd(load(b + j), load(a + j), load(input.base + (s * input.stride + j))),
        out.base + (s * out.stride + j))
      j += 16
    }
    s += 1
  }
  activate(out.base, out.stride, out.rows, columns, activation.pointee)
}

/// See ``numeral_normalization_kernels/column_delta_sums``.
private func columnDeltaSums(
  _ sums: UnsafeMutablePointer<Float>, _ products: UnsafeMutablePointer<Float>,
  _ delta: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>, _ mean: UnsafePointer<Float>
) {
  let (delta, input) = (delta.pointee, input.pointee)
  let (samples, columns) = (delta.rows, wholeVectors(delta.columns))
  var j = 0
  while j < columns {
    let m = load(mean + j)
    var sum = Vector(repeating: 0)
    var product = sum
    var s = 0
    while s < samples {
      let d = load(delta.base + (s * delta.stride + j))
      sum += d
      product = multiplyAdd(product, d, load(input.base + (s * input.stride + j)) - m)
      s += 1
    }
    store(sum, sums + j)
    store(product, products + j)
    j += 16
  }
}

/// See ``numeral_normalization_kernels/column_line_back``.
private func columnLineBack(
  _ result: UnsafePointer<numeral_matrix>, _ delta: UnsafePointer<numeral_matrix>,
  _ input: UnsafePointer<numeral_matrix>, _ line: UnsafePointer<numeral_line>
) {
  let (result, delta, input) = (result.pointee, delta.pointee, input.pointee)
  let line = line.pointee
  let (samples, columns) = (delta.rows, wholeVectors(delta.columns))
  var s = 0
  while s < samples {
    var j = 0
    while j < columns {
      let target = result.base + (s * result.stride + j)
      let value = multiplyAdd(
        multiplyAdd(load(line.constant + j), load(line.b + j), load(input.base + (s * input.stride + j))),
        load(line.a + j), load(delta.base + (s * delta.stride + j)))
      store(value, target)
      j += 16
    }
    s += 1
  }
}

/// The lanes of the first `count` samples.
@inline(__always) private func lanesBelow(_ count: Int) -> Mask {
  IntegerVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    .< IntegerVector(repeating: Int32(truncatingIfNeeded: count))
}

@inline(__always) private func forEachVector(
  _ p: numeral_planes, _ channel: Int, _ body: (UnsafePointer<Float>) -> Void
) {
  var y = 0
  while y < p.height {
    var at = UnsafePointer(p.base) + (channel * p.plane + y * p.row)
    let end = at + p.width * 16
    while at < end {
      body(at)
      at += 16
    }
    y += 1
  }
}
