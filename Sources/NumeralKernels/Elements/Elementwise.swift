// Elementwise work: activations as separate steps, sums of two branches, and dropout.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putElementwise(into table: inout numeral_kernel_table) {
  table.elementwise.activate_planes = activatePlanes
  table.elementwise.differentiate_planes = differentiatePlanes
  table.elementwise.differentiate_at_inputs = differentiateAtInputs
  table.elementwise.add_planes = addPlanes
  table.elementwise.drop_rows = dropRows
  table.elementwise.drop_planes = dropPlanes
}

/// See ``numeral_elementwise_kernels/activate_planes``.
private func activatePlanes(
  _ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>,
  _ activation: UnsafePointer<numeral_activation>
) {
  forEachRow(out.pointee) { c, y, count in
    let target = row(out.pointee, c, y)
    let source = row(input.pointee, c, y)
    var i = 0
    while i < count {
      store(load(source + i), target + i)
      i += 16
    }
    activate(target, count, 1, count, activation.pointee)
  }
}

/// See ``numeral_elementwise_kernels/differentiate_planes``.
func differentiatePlanes(
  _ delta: UnsafePointer<numeral_planes>, _ y: UnsafePointer<numeral_planes>,
  _ activation: UnsafePointer<numeral_activation>
) {
  if activation.pointee.function == numeral_activation_identity { return }
  forEachRow(delta.pointee) { c, r, count in
    differentiate(row(delta.pointee, c, r), row(y.pointee, c, r), count, 1, count, activation.pointee)
  }
}

/// See ``numeral_elementwise_kernels/differentiate_at_inputs``.
private func differentiateAtInputs(
  _ out: UnsafePointer<numeral_planes>, _ delta: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>,
  _ activation: UnsafePointer<numeral_activation>
) {
  let function = activation.pointee.function
  forEachRow(out.pointee) { c, y, count in
    let target = row(out.pointee, c, y)
    let d = row(delta.pointee, c, y)
    let x = row(input.pointee, c, y)
    var i = 0
    while i < count {
      store(load(d + i) * slopeAt(load(x + i), function), target + i)
      i += 16
    }
  }
}

/// f′(x) of GELU and SiLU, which f(x) does not determine.
@inline(__always) private func slopeAt(_ x: Vector, _ function: Int) -> Vector {
  if function == numeral_activation_gelu {
    // f = x σ(u), u = 2 √(2/π) (x + 0.044715 x³):   f′ = σ + x σ (1 − σ) u′
    let sigma = logistic(geluArgument(x))
    let rise = multiplyAdd(Vector(repeating: 1.595_769_122), 0.214_064_43, x * x)
    return multiplyAdd(sigma, x * rise, sigma * (1 - sigma))
  }
  let sigma = logistic(x)
  return multiplyAdd(sigma, x, sigma * (1 - sigma))
}

/// See ``numeral_elementwise_kernels/add_planes``.
private func addPlanes(
  _ out: UnsafePointer<numeral_planes>, _ a: UnsafePointer<numeral_planes>, _ b: UnsafePointer<numeral_planes>,
  _ activation: UnsafePointer<numeral_activation>
) {
  forEachRow(out.pointee) { c, y, count in
    let target = row(out.pointee, c, y)
    let left = row(a.pointee, c, y)
    let right = row(b.pointee, c, y)
    var i = 0
    while i < count {
      store(load(left + i) + load(right + i), target + i)
      i += 16
    }
    activate(target, count, 1, count, activation.pointee)
  }
}

/// The first element of a row of a channel.
@inline(__always) func row(_ planes: numeral_planes, _ channel: Int, _ y: Int) -> UnsafeMutablePointer<Float> {
  planes.base + (channel * planes.plane + y * planes.row)
}

/// Calls a body with the channel, the number and the count of elements of every row of planes.
@inline(__always) func forEachRow(_ planes: numeral_planes, _ body: (Int, Int, Int) -> Void) {
  var c = 0
  while c < planes.channels {
    var y = 0
    while y < planes.height {
      body(c, y, planes.width * 16)
      y += 1
    }
    c += 1
  }
}

/// See ``numeral_elementwise_kernels/drop_rows``.
private func dropRows(
  _ out: UnsafePointer<numeral_matrix>, _ input: UnsafePointer<numeral_matrix>,
  _ dropout: UnsafePointer<numeral_dropout>
) {
  let (out, input) = (out.pointee, input.pointee)
  let dropout = dropout.pointee
  let columns = wholeVectors(out.columns)
  var s = 0
  while s < out.rows {
    var places = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    let key = SIMD16<UInt32>(repeating: dropout.keys[s])
    var j = 0
    while j < columns {
      store(kept(load(input.base + (s * input.stride + j)), key, places, dropout), out.base + (s * out.stride + j))
      places = places &+ 16
      j += 16
    }
    s += 1
  }
}

/// See ``numeral_elementwise_kernels/drop_planes``.
private func dropPlanes(
  _ out: UnsafePointer<numeral_planes>, _ input: UnsafePointer<numeral_planes>,
  _ dropout: UnsafePointer<numeral_dropout>
) {
  let o = out.pointee
  let x = input.pointee
  let dropout = dropout.pointee
  let key = UnsafeRawPointer(dropout.keys).loadUnaligned(as: SIMD16<UInt32>.self)
  var place: UInt32 = 0
  var c = 0
  while c < o.channels {
    var y = 0
    while y < o.height {
      let target = o.base + (c * o.plane + y * o.row)
      let source = UnsafePointer(x.base) + (c * x.plane + y * x.row)
      var i = 0
      while i < o.width * 16 {
        store(kept(load(source + i), key, SIMD16<UInt32>(repeating: place), dropout), target + i)
        place = place &+ 1
        i += 16
      }
      y += 1
    }
    c += 1
  }
}

/// x · scale where the number drawn for (key, place) reaches the threshold, else 0.
///
/// The number is the finalizer of MurmurHash3 (A. Appleby, 2011) applied to key + place · 0x9E3779B9.
@inline(__always) private func kept(
  _ x: Vector, _ key: SIMD16<UInt32>, _ place: SIMD16<UInt32>, _ dropout: numeral_dropout
) -> Vector {
  var h = key &+ place &* 0x9E37_79B9
  h = (h ^ (h &>> 16)) &* 0x85EB_CA6B
  h = (h ^ (h &>> 13)) &* 0xC2B2_AE35
  h = h ^ (h &>> 16)
  let isKept = h .>= SIMD16<UInt32>(repeating: dropout.threshold)
  return Vector(repeating: 0).replacing(with: x * dropout.scale, where: isKept)
}
