// The highest speed of the machine: multiply-adds that stay in registers, and additions that depend on each other. One
// source for all instruction sets, like the kernels.

#if PEAK_AVX512
  private typealias Vector = SIMD16<Float>
#elseif PEAK_AVX2
  private typealias Vector = SIMD8<Float>
#else
  private typealias Vector = SIMD4<Float>
#endif

@inline(__always) private func multiplyAdd(_ sum: Vector, _ x: Vector, _ y: Vector) -> Vector {
  #if PEAK_BASELINE
    sum * x + y
  #else
    y.addingProduct(sum, x)
  #endif
}

/// Repeats twelve independent multiply-adds of whole registers, a = a · x + y; returns the arithmetic operations done.
///
/// Twelve hide a latency of up to six cycles on two units. The numbers come from memory, so the compiler cannot know
/// them: `factors` has two, and the sums are added to `result` so that nothing is optimized away.
public func multiplyAddPeak(
  repeats: Int, factors: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) -> Int {
  let x = Vector(repeating: factors[0])
  let y = Vector(repeating: factors[1])
  var (a0, a1, a2, a3, a4, a5) = (y, x, y, x, y, x)
  var (a6, a7, a8, a9, a10, a11) = (y, x, y, x, y, x)
  var i = 0
  while i < repeats {
    a0 = multiplyAdd(a0, x, y)
    a1 = multiplyAdd(a1, x, y)
    a2 = multiplyAdd(a2, x, y)
    a3 = multiplyAdd(a3, x, y)
    a4 = multiplyAdd(a4, x, y)
    a5 = multiplyAdd(a5, x, y)
    a6 = multiplyAdd(a6, x, y)
    a7 = multiplyAdd(a7, x, y)
    a8 = multiplyAdd(a8, x, y)
    a9 = multiplyAdd(a9, x, y)
    a10 = multiplyAdd(a10, x, y)
    a11 = multiplyAdd(a11, x, y)
    i &+= 1
  }
  let sum = ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)) + ((a8 + a9) + (a10 + a11))
  result.pointee += sum.sum()
  return repeats * 12 * Vector.scalarCount * 2
}

/// Repeats eight pairs of an addition and an exclusive or, each waiting for the one before; returns the number of
/// operations. Every processor takes one cycle for each, so operations ÷ seconds is the clock.
///
/// The exclusive or prevents the compiler from turning a chain of additions into a multiplication.
public func dependentChain(
  repeats: Int, operands: UnsafePointer<UInt64>, result: UnsafeMutablePointer<UInt64>
) -> Int {
  let (y, z) = (operands[0], operands[1])
  var x = result.pointee
  var i = 0
  while i < repeats {
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    x = (x &+ y) ^ z
    i &+= 1
  }
  result.pointee = x
  return repeats * 16
}
