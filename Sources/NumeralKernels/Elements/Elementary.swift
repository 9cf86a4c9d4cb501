// Exponential, logarithm, sigmoid and hyperbolic tangent of sixteen floats.
//
// Goals, in order: the same bits on every instruction set with fused multiply-add; a documented and tested error
// (bounds below, in units in the last place, against `Double`); no branch. The polynomials are near-minimax fits of the
// relative error; `Scripts/reference/coefficients.py` computes them. The C library's functions are rejected: their bits
// differ between versions, and they take one number at a time.

internal import CNumeralCPU

/// Puts the kernel of this file into the table.
func putElementaryFunctions(into table: inout numeral_kernel_table) { table.elementwise.apply = apply }

/// eˣ, within 1.5 ulp where the result is a normal number.
///
/// ```
/// n = round(x / ln 2),   r = x − n ln 2 in ±½ ln 2,   eˣ = 2ⁿ (1 + r + r² p(r))
/// ```
///
/// Below −87.3 the result is 0 (it would be subnormal), above 88.7 it is infinity; NaN stays NaN.
@inline(__always) func exponential(_ x: Vector) -> Vector {
  // 1.5 · 2²³: adding it rounds to an integer and leaves that integer in the low bits.
  let magic = Vector(repeating: 12_582_912)
  let shifted = multiplyAdd(magic, 1.442_695_04, x)
  let n = shifted - magic
  // ln 2 in two parts: the first has 9 zero bits at its end, so that n · first is exact.
  var r = multiplyAdd(x, -0.693_359_375, n)
  r = multiplyAdd(r, 2.121_944_4e-4, n)
  var p = Vector(repeating: 0.001_390_128_506_33)
  p = multiplyAdd(Vector(repeating: 0.008_363_140_379_56), p, r)
  p = multiplyAdd(Vector(repeating: 0.041_666_853_345_6), p, r)
  p = multiplyAdd(Vector(repeating: 0.166_665_773_199), p, r)
  p = multiplyAdd(Vector(repeating: 0.499_999_995_529), p, r)
  let fraction = multiplyAdd(r, p, r * r) + 1
  // 2ⁿ in two factors, because n = 128 exceeds the exponents of a float although eˣ does not.
  let bits = unsafeBitCast(shifted, to: IntegerVector.self)
  let half = (bits &- 0x4B40_0000) &>> 1
  let first = unsafeBitCast((half &+ 127) &<< 23, to: Vector.self)
  let second = unsafeBitCast(((bits &- 0x4B40_0000) &- half &+ 127) &<< 23, to: Vector.self)
  var result = fraction * first * second
  result = result.replacing(with: 0, where: x .< Vector(repeating: -87.336_54))
  result = result.replacing(with: Float.infinity, where: x .> Vector(repeating: 88.722_83))
  return result.replacing(with: x, where: x .!= x)
}

/// ln x of positive normal numbers, within 2 ulp.
///
/// ```
/// x = 2ᵉ m with m in [√½, √2),   s = (m − 1) / (m + 1),   ln x = e ln 2 + 2 s + 2 s³ p(s²)
/// ```
///
/// For a number that is not positive and normal the result is unspecified. The caller has none: a softmax sum is 1 or
/// more.
@inline(__always) func logarithm(_ x: Vector) -> Vector {
  let bits = unsafeBitCast(x, to: IntegerVector.self)
  // Subtracting the bits of √½ makes the exponent field count from there.
  let exponent = (bits &- 0x3F35_04F3) &>> 23
  let significand = unsafeBitCast(bits &- (exponent &<< 23), to: Vector.self)
  // Small integers become floats by the magic number: conversions of whole vectors are generic code.
  let e =
    unsafeBitCast(exponent &+ 0x4B40_0000, to: Vector.self) - Vector(repeating: 12_582_912)
  let s = (significand - 1) / (significand + 1)
  let square = s * s
  var p = Vector(repeating: 0.116_654_968_497)
  p = multiplyAdd(Vector(repeating: 0.142_753_988_004), p, square)
  p = multiplyAdd(Vector(repeating: 0.200_000_610_477), p, square)
  p = multiplyAdd(Vector(repeating: 0.333_333_332_77), p, square)
  let double = s + s
  let tail = multiplyAdd(e * Vector(repeating: -2.121_944_4e-4), double * square, p)
  return multiplyAdd(double + tail, 0.693_359_375, e)
}

/// 1 / (1 + e⁻ˣ), within 3 ulp where the result is a normal number.
@inline(__always) func logistic(_ x: Vector) -> Vector {
  1 / (1 + exponential(-x))
}

/// tanh x, within 3 ulp.
///
/// ```
/// |x| ≤ 0.625:  x + x³ p(x²)          else:  sign(x) · (1 − 2 / (e^(2|x|) + 1))
/// ```
@inline(__always) func hyperbolicTangent(_ x: Vector) -> Vector {
  let magnitude = unsafeBitCast(
    unsafeBitCast(x, to: IntegerVector.self) & 0x7FFF_FFFF, to: Vector.self)
  let sign = unsafeBitCast(x, to: IntegerVector.self) & IntegerVector(repeating: Int32.min)

  let square = x * x
  var p = Vector(repeating: -0.006_096_941_540_74)
  p = multiplyAdd(Vector(repeating: 0.020_997_357_536_2), p, square)
  p = multiplyAdd(Vector(repeating: -0.053_850_953_477_9), p, square)
  p = multiplyAdd(Vector(repeating: 0.133_327_700_837), p, square)
  p = multiplyAdd(Vector(repeating: -0.333_333_289_484), p, square)
  let small = multiplyAdd(x, p, square * x)

  let large = 1 - 2 / (exponential(magnitude + magnitude) + 1)
  let signed = unsafeBitCast(unsafeBitCast(large, to: IntegerVector.self) | sign, to: Vector.self)
  return signed.replacing(with: small, where: magnitude .<= Vector(repeating: 0.625))
}

/// See ``numeral_elementwise_kernels/apply``.
private func apply(_ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int, _ function: Int) {
  var i = 0
  while i < count {
    let x = load(input + i)
    let y: Vector
    switch function {
    case numeral_function_exp: y = exponential(x)
    case numeral_function_log: y = logarithm(x)
    case numeral_function_sigmoid: y = logistic(x)
    default: y = hyperbolicTangent(x)
    }
    store(y, out + i)
    i &+= 16
  }
}
