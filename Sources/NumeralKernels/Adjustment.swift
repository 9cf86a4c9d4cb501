// What happens to gradients before an update and to parameters after it, element by element: the same bits whether a
// gradient was just computed or lay in memory.

/// See ``numeral_kernel_table/adjust``.
func adjust(
  _ values: UnsafeMutablePointer<Float>, _ others: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ limit: Float,
  _ share: Float, _ signShare: Float
) {
  let high = Vector(repeating: limit)
  let low = Vector(repeating: -limit)
  let plus = Vector(repeating: signShare)
  let minus = Vector(repeating: -signShare)
  let zero = Vector(repeating: 0)
  var i = 0
  while i < count {
    let other = load(others + i)
    var v = load(values + i) * scale
    // Comparisons with NaN are false, so a gradient that is none stays one and shows.
    v = v.replacing(with: high, where: v .> high)
    v = v.replacing(with: low, where: v .< low)
    let sign = zero.replacing(with: plus, where: other .> zero).replacing(with: minus, where: other .< zero)
    store(multiplyAdd(v, share, other) + sign, values + i)
    i += 16
  }
}

/// See ``numeral_kernel_table/average``.
func average(_ averages: UnsafeMutablePointer<Float>, _ values: UnsafePointer<Float>, _ count: Int, _ share: Float) {
  var i = 0
  while i < count {
    let mean = load(averages + i)
    store(multiplyAdd(mean, share, load(values + i) - mean), averages + i)
    i += 16
  }
}

/// See ``numeral_kernel_table/scaled_copy``.
func scaledCopy(
  _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
  _ rows: Int, _ columns: Int, _ scale: Float, _ transposes: Bool
) {
  var i = 0
  while i < rows {
    let target = out + i * outStride
    var j = 0
    if transposes {
      while j < columns {
        target[j] = input[j * inputStride + i] * scale
        j += 1
      }
    } else {
      let source = input + i * inputStride
      while j < columns {
        target[j] = source[j] * scale
        j += 1
      }
    }
    i += 1
  }
}
