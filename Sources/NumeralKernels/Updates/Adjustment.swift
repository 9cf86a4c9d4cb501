// Elementwise changes to gradients before an update and to parameters after it. The bits are the same whether a
// gradient was just computed or read from memory.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putAdjustments(into table: inout numeral_kernel_table) {
  table.updates.adjust = adjust
  table.updates.average = average
  table.updates.scaled_copy = scaledCopy
}

/// See ``numeral_update_kernels/adjust``.
private func adjust(
  _ values: UnsafeMutablePointer<Float>, _ others: UnsafePointer<Float>, _ count: Int,
  _ by: UnsafePointer<numeral_adjustment>
) {
  let scale = by.pointee.scale
  let share = by.pointee.share
  let high = Vector(repeating: by.pointee.limit)
  let low = Vector(repeating: -by.pointee.limit)
  let plus = Vector(repeating: by.pointee.sign_share)
  let minus = Vector(repeating: -by.pointee.sign_share)
  let zero = Vector(repeating: 0)
  var i = 0
  while i < count {
    let other = load(others + i)
    var v = load(values + i) * scale
    // Comparisons with NaN are false, so NaN in a gradient stays NaN and is not hidden.
    v = v.replacing(with: high, where: v .> high)
    v = v.replacing(with: low, where: v .< low)
    let sign = zero.replacing(with: plus, where: other .> zero).replacing(with: minus, where: other .< zero)
    store(multiplyAdd(v, share, other) + sign, values + i)
    i += 16
  }
}

/// See ``numeral_update_kernels/average``.
private func average(
  _ averages: UnsafeMutablePointer<Float>, _ values: UnsafePointer<Float>, _ count: Int, _ share: Float
) {
  var i = 0
  while i < count {
    let mean = load(averages + i)
    store(multiplyAdd(mean, share, load(values + i) - mean), averages + i)
    i += 16
  }
}

/// See ``numeral_update_kernels/scaled_copy``.
private func scaledCopy(
  _ out: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>, _ scale: Float, _ transposes: Bool
) {
  let (out, input) = (out.pointee, input.pointee)
  let columns = out.columns
  var i = 0
  while i < out.rows {
    let target = out.base + i * out.stride
    var j = 0
    if transposes {
      while j < columns {
        target[j] = input.base[j * input.stride + i] * scale
        j += 1
      }
    } else {
      let source = input.base + i * input.stride
      while j < columns {
        target[j] = source[j] * scale
        j += 1
      }
    }
    i += 1
  }
}
