// Gradients of dense weights: outer products of inputs and deltas, summed over samples in order. A tile of the gradient
// stays in registers during the loop over samples. Its inputs are neighbours in a sample's row, so the eight broadcasts
// read one cache line.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putGradients(into table: inout numeral_kernel_table) {
  table.products.gradient = gradient
  table.products.bias_gradient = biasGradient
  table.products.product_sums = productSums
}

/// See ``numeral_product_kernels/gradient``.
private func gradient(
  _ gradient: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>,
  _ delta: UnsafePointer<numeral_matrix>, _ accumulates: Bool
) {
  let (gradient, input, delta) = (gradient.pointee, input.pointee, delta.pointee)
  let rows = gradient.rows
  let columns = wholeVectors(delta.columns)
  let sums = Sums(
    gradientStride: gradient.stride, inputStride: input.stride, deltaStride: delta.stride, samples: delta.rows,
    accumulates: accumulates)
  var i = 0
  #if KERNELS_AVX512
    while rows - i >= 8 {
      var j = 0
      while columns - j >= 32 {
        sums.compute8x2(gradient.base + i * gradient.stride + j, input.base + i, delta.base + j)
        j += 32
      }
      while j < columns {
        sums.compute8x1(gradient.base + i * gradient.stride + j, input.base + i, delta.base + j)
        j += 16
      }
      i += 8
    }
  #endif
  while rows - i >= 4 {
    var j = 0
    while j < columns {
      sums.compute4x1(gradient.base + i * gradient.stride + j, input.base + i, delta.base + j)
      j += 16
    }
    i += 4
  }
  while i < rows {
    var j = 0
    while j < columns {
      sums.compute1x1(gradient.base + i * gradient.stride + j, input.base + i, delta.base + j)
      j += 16
    }
    i += 1
  }
}

/// See ``numeral_product_kernels/bias_gradient``.
private func biasGradient(
  _ gradient: UnsafeMutablePointer<Float>, _ delta: UnsafePointer<numeral_matrix>, _ accumulates: Bool
) {
  let delta = delta.pointee
  let columns = wholeVectors(delta.columns)
  var j = 0
  while j < columns {
    var sum = start(gradient + j, accumulates)
    var d = delta.base + j
    var s = 0
    while s < delta.rows {
      sum += load(d)
      d += delta.stride
      s += 1
    }
    store(sum + Vector(repeating: 0), gradient + j)
    j += 16
  }
}

/// See ``numeral_product_kernels/product_sums``.
private func productSums(
  _ sums: UnsafeMutablePointer<Float>, _ a: UnsafePointer<numeral_matrix>, _ b: UnsafePointer<numeral_matrix>,
  _ accumulates: Bool
) {
  let (a, b) = (a.pointee, b.pointee)
  let columns = wholeVectors(a.columns)
  var j = 0
  while j < columns {
    var sum = start(sums + j, accumulates)
    var s = 0
    while s < a.rows {
      sum = multiplyAdd(sum, load(a.base + (s * a.stride + j)), load(b.base + (s * b.stride + j)))
      s += 1
    }
    store(sum + Vector(repeating: 0), sums + j)
    j += 16
  }
}

/// The start of a sum: the present value, or zero.
@inline(__always) func start(_ gradient: UnsafeMutablePointer<Float>, _ accumulates: Bool) -> Vector {
  accumulates ? load(gradient) : Vector(repeating: 0)
}

/// The sums of a tile of the gradient, at its first element, its first input and its first delta.
private struct Sums {
  let gradientStride: Int
  let inputStride: Int
  let deltaStride: Int
  let samples: Int
  let accumulates: Bool

  @inline(__always) func compute1x1(
    _ g: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ delta: UnsafePointer<Float>
  ) {
    var sum = start(g, accumulates)
    var x = input
    var d = delta
    var s = 0
    while s < samples {
      sum = multiplyAdd(sum, x.pointee, load(d))
      x += inputStride
      d += deltaStride
      s += 1
    }
    store(sum + Vector(repeating: 0), g)
  }

  @inline(__always) func compute4x1(
    _ g: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ delta: UnsafePointer<Float>
  ) {
    let g1 = g + gradientStride
    let g2 = g1 + gradientStride
    let g3 = g2 + gradientStride
    var a0 = start(g, accumulates)
    var a1 = start(g1, accumulates)
    var a2 = start(g2, accumulates)
    var a3 = start(g3, accumulates)
    var x = input
    var d = delta
    var s = 0
    while s < samples {
      let u = load(d)
      a0 = multiplyAdd(a0, x[0], u)
      a1 = multiplyAdd(a1, x[1], u)
      a2 = multiplyAdd(a2, x[2], u)
      a3 = multiplyAdd(a3, x[3], u)
      x += inputStride
      d += deltaStride
      s += 1
    }
    let zero = Vector(repeating: 0)
    store(a0 + zero, g)
    store(a1 + zero, g1)
    store(a2 + zero, g2)
    store(a3 + zero, g3)
  }

  #if KERNELS_AVX512
    /// Eight sums in parallel: two execution units of latency 4 need as many.
    @inline(__always) func compute8x1(
      _ g: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ delta: UnsafePointer<Float>
    ) {
      let n = gradientStride
      var (a0, a1) = (start(g, accumulates), start(g + n, accumulates))
      var (a2, a3) = (start(g + 2 * n, accumulates), start(g + 3 * n, accumulates))
      var (a4, a5) = (start(g + 4 * n, accumulates), start(g + 5 * n, accumulates))
      var (a6, a7) = (start(g + 6 * n, accumulates), start(g + 7 * n, accumulates))
      var x = input
      var d = delta
      var s = 0
      while s < samples {
        let u = load(d)
        a0 = multiplyAdd(a0, x[0], u)
        a1 = multiplyAdd(a1, x[1], u)
        a2 = multiplyAdd(a2, x[2], u)
        a3 = multiplyAdd(a3, x[3], u)
        a4 = multiplyAdd(a4, x[4], u)
        a5 = multiplyAdd(a5, x[5], u)
        a6 = multiplyAdd(a6, x[6], u)
        a7 = multiplyAdd(a7, x[7], u)
        x += inputStride
        d += deltaStride
        s += 1
      }
      let zero = Vector(repeating: 0)
      store(a0 + zero, g)
      store(a1 + zero, g + n)
      store(a2 + zero, g + 2 * n)
      store(a3 + zero, g + 3 * n)
      store(a4 + zero, g + 4 * n)
      store(a5 + zero, g + 5 * n)
      store(a6 + zero, g + 6 * n)
      store(a7 + zero, g + 7 * n)
    }

    @inline(__always) func compute8x2(
      _ g: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ delta: UnsafePointer<Float>
    ) {
      let n = gradientStride
      var (a0, b0) = (start(g, accumulates), start(g + 16, accumulates))
      var (a1, b1) = (start(g + n, accumulates), start(g + n + 16, accumulates))
      var (a2, b2) = (start(g + 2 * n, accumulates), start(g + 2 * n + 16, accumulates))
      var (a3, b3) = (start(g + 3 * n, accumulates), start(g + 3 * n + 16, accumulates))
      var (a4, b4) = (start(g + 4 * n, accumulates), start(g + 4 * n + 16, accumulates))
      var (a5, b5) = (start(g + 5 * n, accumulates), start(g + 5 * n + 16, accumulates))
      var (a6, b6) = (start(g + 6 * n, accumulates), start(g + 6 * n + 16, accumulates))
      var (a7, b7) = (start(g + 7 * n, accumulates), start(g + 7 * n + 16, accumulates))
      var x = input
      var d = delta
      var s = 0
      while s < samples {
        let u = load(d)
        let v = load(d + 16)
        let x0 = Vector(repeating: x[0])
        a0 = multiplyAdd(a0, x0, u)
        b0 = multiplyAdd(b0, x0, v)
        let x1 = Vector(repeating: x[1])
        a1 = multiplyAdd(a1, x1, u)
        b1 = multiplyAdd(b1, x1, v)
        let x2 = Vector(repeating: x[2])
        a2 = multiplyAdd(a2, x2, u)
        b2 = multiplyAdd(b2, x2, v)
        let x3 = Vector(repeating: x[3])
        a3 = multiplyAdd(a3, x3, u)
        b3 = multiplyAdd(b3, x3, v)
        let x4 = Vector(repeating: x[4])
        a4 = multiplyAdd(a4, x4, u)
        b4 = multiplyAdd(b4, x4, v)
        let x5 = Vector(repeating: x[5])
        a5 = multiplyAdd(a5, x5, u)
        b5 = multiplyAdd(b5, x5, v)
        let x6 = Vector(repeating: x[6])
        a6 = multiplyAdd(a6, x6, u)
        b6 = multiplyAdd(b6, x6, v)
        let x7 = Vector(repeating: x[7])
        a7 = multiplyAdd(a7, x7, u)
        b7 = multiplyAdd(b7, x7, v)
        x += inputStride
        d += deltaStride
        s += 1
      }
      let zero = Vector(repeating: 0)
      store(a0 + zero, g)
      store(b0 + zero, g + 16)
      store(a1 + zero, g + n)
      store(b1 + zero, g + n + 16)
      store(a2 + zero, g + 2 * n)
      store(b2 + zero, g + 2 * n + 16)
      store(a3 + zero, g + 3 * n)
      store(b3 + zero, g + 3 * n + 16)
      store(a4 + zero, g + 4 * n)
      store(b4 + zero, g + 4 * n + 16)
      store(a5 + zero, g + 5 * n)
      store(b5 + zero, g + 5 * n + 16)
      store(a6 + zero, g + 6 * n)
      store(b6 + zero, g + 6 * n + 16)
      store(a7 + zero, g + 7 * n)
      store(b7 + zero, g + 7 * n + 16)
    }
  #endif
}
