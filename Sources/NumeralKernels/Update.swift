// The optimizers' arithmetic, element by element: the same bits whether a gradient was just computed or lay in memory.

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
