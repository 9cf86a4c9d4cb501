internal import CNumeralCPU

// Activations and their derivatives, applied to rows that have just been computed and still lie in the first cache.

/// ReLU of one vector.
@inline(__always) func rectified(_ x: Vector) -> Vector { larger(x, Vector(repeating: 0)) }

/// d where ReLU gave y > 0, else 0.
@inline(__always) func throughRectified(_ d: Vector, _ y: Vector) -> Vector {
  d.replacing(with: 0, where: y .<= Vector(repeating: 0))
}

/// f(x) of one vector.
@inline(__always) func activated(_ x: Vector, _ activation: Int32, _ slope: Float) -> Vector {
  switch activation {
  case 1: return rectified(x)
  case 2: return x.replacing(with: x * slope, where: x .<= Vector(repeating: 0))
  case 3: return logistic(x)
  case 4: return hyperbolicTangent(x)
  case 5: return x.replacing(with: exponential(x) - 1, where: x .<= Vector(repeating: 0))
  case 6: return x * logistic(geluArgument(x))
  case 7: return x * logistic(x)
  default: return x
  }
}

/// What GELU takes the logistic function of: 2 √(2/π) (x + 0.044715 x³).
@inline(__always) func geluArgument(_ x: Vector) -> Vector {
  x * multiplyAdd(Vector(repeating: 1.595_769_122), 0.071_354_81, x * x)
}

/// d · f′ of one vector, f′ from the activation's output y.
@inline(__always) func differentiated(_ d: Vector, _ y: Vector, _ activation: Int32, _ slope: Float) -> Vector {
  switch activation {
  case 1: return throughRectified(d, y)
  case 2: return d.replacing(with: d * slope, where: y .<= Vector(repeating: 0))
  case 3: return d * (y * (1 - y))
  case 4: return d * multiplyAdd(Vector(repeating: 1), -y, y)
  case 5: return d.replacing(with: d * (y + 1), where: y .<= Vector(repeating: 0))
  default: return d
  }
}

/// Ends some rows of sums: adds +0, then applies the activation. The rows are `[samples, columns]`, in place.
@inline(__always) func activate(
  _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int, _ activation: Int32,
  _ slope: Float
) {
  // One loop for each activation, so that the choice is not made per vector.
  switch activation {
  case 0: break
  case 1:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 1, slope), at) }
  case 2:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 2, slope), at) }
  case 3:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 3, slope), at) }
  case 4:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 4, slope), at) }
  case 5:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 5, slope), at) }
  case 6:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 6, slope), at) }
  default:
    forEachVector(out, stride, samples, columns) { at, _ in store(activated(load(at), 7, slope), at) }
  }
}

/// Multiplies some rows by the derivative of an activation with outputs y. Rows and y are `[samples, columns]`.
@inline(__always) func differentiate(
  _ out: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ stride: Int, _ samples: Int, _ columns: Int,
  _ activation: Int32, _ slope: Float
) {
  switch activation {
  case 0: break
  case 1:
    forEachVector(out, stride, samples, columns) { at, i in
      store(differentiated(load(at), load(y + i), 1, slope), at)
    }
  case 2:
    forEachVector(out, stride, samples, columns) { at, i in
      store(differentiated(load(at), load(y + i), 2, slope), at)
    }
  case 3:
    forEachVector(out, stride, samples, columns) { at, i in
      store(differentiated(load(at), load(y + i), 3, slope), at)
    }
  case 4:
    forEachVector(out, stride, samples, columns) { at, i in
      store(differentiated(load(at), load(y + i), 4, slope), at)
    }
  default:
    forEachVector(out, stride, samples, columns) { at, i in
      store(differentiated(load(at), load(y + i), 5, slope), at)
    }
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
