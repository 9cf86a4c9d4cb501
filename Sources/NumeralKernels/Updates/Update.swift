// The optimizers' elementwise arithmetic. The bits are the same whether a gradient was just computed or read from
// memory.

internal import CNumeralCPU

/// Puts the optimizers' kernels into the table.
func putUpdates(into table: inout numeral_kernel_table) {
  table.updates.descend = descend
  table.updates.momentum = momentum
  table.updates.scaled_descend = scaledDescend
  table.updates.adam = adam
}

/// See ``numeral_update_kernels/descend``.
private func descend(
  _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ count: Int, _ rate: Float
) {
  let step = Vector(repeating: -rate)
  var i = 0
  while i < count {
    store(multiplyAdd(load(parameters + i), step, load(gradient + i)), parameters + i)
    i += 16
  }
}

/// See ``numeral_update_kernels/momentum``.
private func momentum(
  _ parameters: UnsafeMutablePointer<Float>, _ velocity: UnsafeMutablePointer<Float>,
  _ gradient: UnsafePointer<Float>, _ count: Int, _ numbers: UnsafePointer<numeral_momentum_step>
) {
  let step = Vector(repeating: -numbers.pointee.rate)
  let kept = Vector(repeating: numbers.pointee.momentum)
  let looksAhead = numbers.pointee.looks_ahead
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

/// See ``numeral_update_kernels/scaled_descend``.
private func scaledDescend(
  _ parameters: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>,
  _ gradient: UnsafePointer<Float>, _ count: Int, _ numbers: UnsafePointer<numeral_scaled_step>
) {
  let step = Vector(repeating: -numbers.pointee.rate)
  let kept = numbers.pointee.kept
  let added = numbers.pointee.added
  let epsilon = numbers.pointee.epsilon
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

/// See ``numeral_update_kernels/adam``.
private func adam(
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
