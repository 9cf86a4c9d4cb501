// Distortions of images: random fields, smoothing, the source place of each pixel, interpolation, strokes and noise.
//
// Goals, in order: the same bytes on every instruction set, so nothing is fused here; no branch that depends on pixels;
// few loads. Rejected: gathering four floats for each pixel. Instead two neighbours of a row are one load of two bytes,
// and four bytes are kept in one integer until sixteen pixels at a time become floats.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putDistortion(into table: inout numeral_kernel_table) {
  table.distortion.random_field = randomField
  table.distortion.smooth_field = smoothField
  table.distortion.locate = locate
  table.distortion.interpolate = interpolate
  table.distortion.finish_plane = finishPlane
}

/// Whole numbers of 0 ..< 2²³ as floats: after adding 2²³, the number is in the low bits of the sum.
@inline(__always) private func floats(_ integers: IntegerVector) -> Vector {
  unsafeBitCast(integers | 0x4B00_0000, to: Vector.self) - Vector(repeating: 8_388_608)
}

/// Floats with whole numbers of 0 ..< 2²³ as integers.
@inline(__always) private func integers(_ wholes: Vector) -> IntegerVector {
  unsafeBitCast(wholes + Vector(repeating: 8_388_608), to: IntegerVector.self) & 0x007F_FFFF
}

/// The largest whole numbers that are not above some numbers of 0 ..< 2²².
@inline(__always) private func floor(_ v: Vector) -> Vector {
  let rounded = (v + Vector(repeating: 8_388_608)) - Vector(repeating: 8_388_608)
  return rounded.replacing(with: rounded - 1, where: rounded .> v)
}

/// Stores sixteen integers, aligned or not, as floats with the same bits: storing vectors of integers is generic code
/// that is not always inlined.
@inline(__always) private func store(_ integers: IntegerVector, _ pointer: UnsafeMutablePointer<Int32>) {
  store(
    unsafeBitCast(integers, to: Vector.self),
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Float.self))
}

/// Loads sixteen integers, aligned or not.
@inline(__always) private func load(_ pointer: UnsafeMutablePointer<Int32>) -> IntegerVector {
  unsafeBitCast(
    load(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Float.self)), to: IntegerVector.self)
}

/// The smaller of two vectors, lane by lane; the second where they are equal.
@inline(__always) private func smaller(_ a: Vector, _ b: Vector) -> Vector {
  b.replacing(with: a, where: a .< b)
}

/// The finalizer of SplitMix64.
@inline(__always) private func mix(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z &>> 31)
}

/// Sixteen bits as a number in (−1, 1): an odd multiple of 2⁻¹⁶.
@inline(__always) private func fraction(_ bits: UInt64) -> Float {
  Float(Int32(truncatingIfNeeded: bits & 0xFFFF) &* 2 &- 65_535) * 0x1p-16
}

/// See ``numeral_distortion_kernels/random_field``.
private func randomField(_ matrix: UnsafePointer<numeral_matrix>, _ key: UInt64, _ first: UInt64) {
  let (field, stride) = (matrix.pointee.base, matrix.pointee.stride)
  let (rows, columns) = (matrix.pointee.rows, matrix.pointee.columns)
  var index = 0
  var y = 0
  while y < rows {
    let row = field + y * stride
    var x = 0
    // A value of which the previous row used a part.
    while x < columns && index & 3 != 0 {
      let bits = mix(key &+ (first &+ UInt64(truncatingIfNeeded: index &>> 2) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
      row[x] = fraction(bits &>> UInt64(truncatingIfNeeded: 16 &* (index & 3)))
      x += 1
      index += 1
    }
    while x + 4 <= columns {
      let bits = mix(key &+ (first &+ UInt64(truncatingIfNeeded: index &>> 2) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
      row[x] = fraction(bits)
      row[x + 1] = fraction(bits &>> 16)
      row[x + 2] = fraction(bits &>> 32)
      row[x + 3] = fraction(bits &>> 48)
      x += 4
      index += 4
    }
    while x < columns {
      let bits = mix(key &+ (first &+ UInt64(truncatingIfNeeded: index &>> 2) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
      row[x] = fraction(bits &>> UInt64(truncatingIfNeeded: 16 &* (index & 3)))
      x += 1
      index += 1
    }
    y += 1
  }
}

/// Sixteen sums of a symmetric filter around a place, neighbours `step` apart.
@inline(__always) private func filtered(
  _ center: UnsafePointer<Float>, _ step: Int, _ taps: UnsafePointer<Float>, _ radius: Int
) -> Vector {
  var sum = Vector(repeating: taps[0]) * load(center)
  var k = 1
  var distance = step
  while k <= radius {
    sum = sum + Vector(repeating: taps[k]) * (load(center - distance) + load(center + distance))
    distance += step
    k += 1
  }
  return sum
}

/// See ``numeral_distortion_kernels/smooth_field``.
private func smoothField(
  _ out: UnsafeMutablePointer<Float>, _ rows: UnsafeMutablePointer<Float>, _ matrix: UnsafePointer<numeral_matrix>,
  _ filter: UnsafePointer<numeral_filter>
) {
  let (field, stride) = (UnsafePointer(matrix.pointee.base), matrix.pointee.stride)
  let (count, columns) = (matrix.pointee.rows, matrix.pointee.columns)
  let (taps, radius) = (filter.pointee.taps, filter.pointee.radius)
  var y = 0
  while y < count {
    var x = 0
    while x < columns {
      store(filtered(field + y * stride + x, 1, taps, radius), rows + y * columns + x)
      x += 16
    }
    y += 1
  }
  y = 0
  while y < count {
    var x = 0
    while x < columns {
      store(filtered(UnsafePointer(rows) + y * columns + x, columns, taps, radius), out + y * columns + x)
      x += 16
    }
    y += 1
  }
}

/// See ``numeral_distortion_kernels/locate``.
private func locate(
  _ sources: UnsafePointer<numeral_pixel_sources>, _ map: UnsafePointer<numeral_inverse_map>,
  _ dx: UnsafePointer<Float>?, _ dy: UnsafePointer<Float>?
) {
  let (places, right, below) = (sources.pointee.places, sources.pointee.right, sources.pointee.below)
  let (height, width, columns) = (sources.pointee.height, sources.pointee.width, sources.pointee.columns)
  let m = map.pointee
  let farRight = Vector(repeating: Float(Int32(truncatingIfNeeded: width &+ 1)))
  let farBelow = Vector(repeating: Float(Int32(truncatingIfNeeded: height &+ 1)))
  let zero = Vector(repeating: 0)
  let lanes = Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  let rowLength = IntegerVector(repeating: Int32(truncatingIfNeeded: width &+ 3))
  var y = 0
  while y < height {
    let row = Float(Int32(truncatingIfNeeded: y))
    let startX = Vector(repeating: m.xy * row + m.x0)
    let startY = Vector(repeating: m.yy * row + m.y0)
    var x = 0
    while x < columns {
      let place = y * columns + x
      let column = lanes + Vector(repeating: Float(Int32(truncatingIfNeeded: x)))
      var u = Vector(repeating: m.xx) * column + startX
      var v = Vector(repeating: m.yx) * column + startY
      if let dx, let dy {
        u = u + Vector(repeating: m.strength) * load(dx + place)
        v = v + Vector(repeating: m.strength) * load(dy + place)
      }
      u = smaller(larger(u + 1, zero), farRight)
      v = smaller(larger(v + 1, zero), farBelow)
      let (wholeU, wholeV) = (floor(u), floor(v))
      store(u - wholeU, right + place)
      store(v - wholeV, below + place)
      let found = integers(wholeV) &* rowLength &+ integers(wholeU)
      store(found, places + place)
      x += 16
    }
    y += 1
  }
}

/// See ``numeral_distortion_kernels/interpolate``.
private func interpolate(
  _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ sources: UnsafePointer<numeral_pixel_sources>,
  _ plane: UnsafePointer<UInt8>
) {
  let (places, right, below) = (sources.pointee.places, sources.pointee.right, sources.pointee.below)
  let (height, width, columns) = (sources.pointee.height, sources.pointee.width, sources.pointee.columns)
  let rowLength = width + 3
  // Four bytes into one integer. This is a separate loop: reading a vector right after its lanes were written would
  // stall.
  var index = 0
  while index < height * columns {
    let corner = UnsafeRawPointer(plane + Int(places[index]))
    let upper = corner.loadUnaligned(as: UInt16.self)
    let lower = (corner + rowLength).loadUnaligned(as: UInt16.self)
    places[index] = Int32(bitPattern: UInt32(upper) | UInt32(lower) &<< 16)
    index += 1
  }
  var y = 0
  while y < height {
    var x = 0
    while x < columns {
      let place = y * columns + x
      let four = load(places + place)
      let p = floats(four & 255)
      let q = floats((four &>> 8) & 255)
      let r = floats((four &>> 16) & 255)
      let s = floats((four &>> 24) & 255)
      let share = load(right + place)
      let upper = p + share * (q - p)
      let lower = r + share * (s - r)
      store(upper + load(below + place) * (lower - upper), out + y * stride + x)
      x += 16
    }
    x = width
    while x < columns {
      out[y * stride + x] = 0
      x += 1
    }
    y += 1
  }
}

/// See ``numeral_distortion_kernels/finish_plane``.
private func finishPlane(
  _ out: UnsafeMutablePointer<UInt8>, _ matrix: UnsafePointer<numeral_matrix>, _ finish: UnsafePointer<numeral_finish>,
  _ wholes: UnsafeMutablePointer<Int32>
) {
  let (plane, stride) = (UnsafePointer(matrix.pointee.base), matrix.pointee.stride)
  let (height, width) = (matrix.pointee.rows, matrix.pointee.columns)
  let (noise, noiseStride) = (finish.pointee.noise, finish.pointee.noise_stride)
  let (thickness, deviation) = (finish.pointee.thickness, finish.pointee.deviation)
  let zero = Vector(repeating: 0)
  let most = Vector(repeating: finish.pointee.maximum)
  let share = Vector(repeating: thickness < 0 ? -thickness : thickness)
  var y = 0
  while y < height {
    let row = plane + y * stride
    let bytes = out + y * width
    var x = 0
    while x < width {
      let here = row + x
      var value = load(here)
      if thickness > 0 {
        let sides = larger(load(here - 1), load(here + 1))
        let poles = larger(load(here - stride), load(here + stride))
        value = value + share * (larger(larger(sides, poles), value) - value)
      } else if thickness < 0 {
        let sides = smaller(load(here - 1), load(here + 1))
        let poles = smaller(load(here - stride), load(here + stride))
        value = value + share * (smaller(smaller(sides, poles), value) - value)
      }
      if let noise {
        value = value + Vector(repeating: deviation) * load(noise + y * noiseStride + x)
      }
      let whole = integers(floor(smaller(larger(value, zero), most) + 0.5))
      store(whole, wholes + x)
      x += 16
    }
    x = 0
    while x < width {
      bytes[x] = UInt8(truncatingIfNeeded: wholes[x])
      x += 1
    }
    y += 1
  }
}
