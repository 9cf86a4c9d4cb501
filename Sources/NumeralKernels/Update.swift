// The optimizers' arithmetic, element by element: the same bits whether a gradient was just computed or lay in memory.

internal import CNumeralCPU

/// See ``numeral_kernel_table/descend``.
func descend(
  _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ count: Int, _ rate: Float
) {
  let step = Vector(repeating: -rate)
  var i = 0
  while i < count {
    store(multiplyAdd(load(parameters + i), step, load(gradient + i)), parameters + i)
    i += 16
  }
}

/// See ``numeral_kernel_table/momentum``.
func momentum(
  _ parameters: UnsafeMutablePointer<Float>, _ velocity: UnsafeMutablePointer<Float>,
  _ gradient: UnsafePointer<Float>, _ count: Int, _ rate: Float, _ momentum: Float, _ looksAhead: Bool
) {
  let step = Vector(repeating: -rate)
  let kept = Vector(repeating: momentum)
  var i = 0
  while i < count {
    let g = load(gradient + i)
    let u = multiplyAdd(g, kept, load(velocity + i))
    store(u, velocity + i)
    let direction = looksAhead ? multiplyAdd(g, kept, u) : u
    store(multiplyAdd(load(parameters + i), step, direction), parameters + i)
    i += 16
  }
}

/// See ``numeral_kernel_table/scaled_descend``.
func scaledDescend(
  _ parameters: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>,
  _ gradient: UnsafePointer<Float>, _ count: Int, _ rate: Float, _ kept: Float, _ added: Float, _ epsilon: Float
) {
  let step = Vector(repeating: -rate)
  var i = 0
  while i < count {
    let g = load(gradient + i)
    let v = multiplyAdd(load(squares + i) * kept, added, g * g)
    store(v, squares + i)
    let direction = g / (squareRoot(v) + epsilon)
    store(multiplyAdd(load(parameters + i), step, direction), parameters + i)
    i += 16
  }
}

/// See ``numeral_kernel_table/adam``.
func adam(
  _ parameters: UnsafeMutablePointer<Float>, _ means: UnsafeMutablePointer<Float>,
  _ squares: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ count: Int,
  _ step: UnsafePointer<numeral_adam_step>
) {
  let rate = Vector(repeating: -step.pointee.rate)
  let shrink = step.pointee.shrink
  let meanAdded = step.pointee.mean_added
  let squareKept = step.pointee.square_kept
  let squareAdded = step.pointee.square_added
  let correction = step.pointee.root_correction
  let epsilon = Vector(repeating: step.pointee.epsilon)
  var i = 0
  while i < count {
    let g = load(gradient + i)
    let mean = load(means + i)
    let m = multiplyAdd(mean, meanAdded, g - mean)
    let v = multiplyAdd(load(squares + i) * squareKept, squareAdded, g * g)
    store(m, means + i)
    store(v, squares + i)
    let direction = m / multiplyAdd(epsilon, correction, squareRoot(v))
    store(multiplyAdd(load(parameters + i) * shrink, rate, direction), parameters + i)
    i += 16
  }
}
