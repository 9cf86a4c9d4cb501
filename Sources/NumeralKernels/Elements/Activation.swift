internal import CNumeralCPU

// Activations and their derivatives. They are applied to rows that were just computed and are still in the first cache.

/// ReLU of one vector.
@inline(__always) func rectified(_ x: Vector) -> Vector { larger(x, Vector(repeating: 0)) }

/// d where ReLU gave y > 0, else 0.
@inline(__always) func throughRectified(_ d: Vector, _ y: Vector) -> Vector {
  d.replacing(with: 0, where: y .<= Vector(repeating: 0))
}

/// f(x) of one vector.
@inline(__always) private func activated(_ x: Vector, _ function: Int, _ slope: Float) -> Vector {
  switch function {
  case numeral_activation_relu: return rectified(x)
  case numeral_activation_leaky_relu: return x.replacing(with: x * slope, where: x .<= Vector(repeating: 0))
  case numeral_activation_sigmoid: return logistic(x)
  case numeral_activation_tanh: return hyperbolicTangent(x)
  case numeral_activation_elu: return x.replacing(with: exponential(x) - 1, where: x .<= Vector(repeating: 0))
  case numeral_activation_gelu: return x * logistic(geluArgument(x))
  case numeral_activation_silu: return x * logistic(x)
  default: return x
  }
}

/// The argument of the logistic function in GELU: 2 √(2/π) (x + 0.044715 x³).
@inline(__always) func geluArgument(_ x: Vector) -> Vector {
  x * multiplyAdd(Vector(repeating: 1.595_769_122), 0.071_354_81, x * x)
}

/// d · f′ of one vector, f′ from the activation's output y.
@inline(__always) private func differentiated(_ d: Vector, _ y: Vector, _ function: Int, _ slope: Float) -> Vector {
  switch function {
  case numeral_activation_relu: return throughRectified(d, y)
  case numeral_activation_leaky_relu: return d.replacing(with: d * slope, where: y .<= Vector(repeating: 0))
  case numeral_activation_sigmoid: return d * (y * (1 - y))
  case numeral_activation_tanh: return d * multiplyAdd(Vector(repeating: 1), -y, y)
  case numeral_activation_elu: return d.replacing(with: d * (y + 1), where: y .<= Vector(repeating: 0))
  default: return d
  }
}

/// Applies an activation to some rows `[samples, columns]`, in place; columns are whole vectors.
@inline(__always) func activate(
  _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int, _ activation: numeral_activation
) {
  /// One loop for each function, so that the choice is not made for each vector. The function is a constant where this
  /// is inlined.
  @inline(__always) func apply(_ function: Int) {
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), function, activation.slope), at) }
  }
  switch activation.function {
  case numeral_activation_identity: break
  case numeral_activation_relu: apply(numeral_activation_relu)
  case numeral_activation_leaky_relu: apply(numeral_activation_leaky_relu)
  case numeral_activation_sigmoid: apply(numeral_activation_sigmoid)
  case numeral_activation_tanh: apply(numeral_activation_tanh)
  case numeral_activation_elu: apply(numeral_activation_elu)
  case numeral_activation_gelu: apply(numeral_activation_gelu)
  default: apply(numeral_activation_silu)
  }
}

/// Multiplies some rows by the derivative of an activation with outputs y. Rows and y are `[samples, columns]`.
@inline(__always) func differentiate(
  _ out: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int,
  _ activation: numeral_activation
) {
  @inline(__always) func apply(_ function: Int) {
    forEachVector(out, stride, samples, columns) { at, i in
      store(differentiated(load(at), load(y + i), function, activation.slope), at)
    }
  }
  switch activation.function {
  case numeral_activation_identity: break
  case numeral_activation_relu: apply(numeral_activation_relu)
  case numeral_activation_leaky_relu: apply(numeral_activation_leaky_relu)
  case numeral_activation_sigmoid: apply(numeral_activation_sigmoid)
  case numeral_activation_tanh: apply(numeral_activation_tanh)
  default: apply(numeral_activation_elu)
  }
}

/// Calls a body with the address and the offset of every vector of some rows.
@inline(__always) private func forEachVector(
  _ rows: UnsafeMutablePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int,
  _ body: (UnsafeMutablePointer<Float>, Int) -> Void
) {
  var s = 0
  while s < samples {
    var j = 0
    while j < columns {
      body(rows + (s * stride + j), s * stride + j)
      j += 16
    }
    s += 1
  }
}
