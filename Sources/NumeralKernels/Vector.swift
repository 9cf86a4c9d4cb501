// The basis of all kernels: vectors of sixteen floats, whatever the registers' width, so that every instruction set
// sums in the same order. On AVX2 a vector is two registers, on the baseline four.
//
// Kernels use only concrete types, raw pointers and always-inlined helpers. Generic code that is not inlined would be
// emitted as a weak symbol under one name in the objects of all instruction sets, and the linker would keep one of
// them: code for the wrong machine. `Scripts/check-kernel-symbols.sh` guards against this.

// Kernels are compiled with `-Ounchecked`: `+` and `*` of integers are plain instructions here.

internal import CNumeralCPU

typealias Vector = SIMD16<Float>
typealias IntegerVector = SIMD16<Int32>
typealias Mask = SIMDMask<SIMD16<Int32>>

/// A number of columns rounded up to whole vectors: the width that kernels process, padding included.
@inline(__always) func wholeVectors(_ columns: Int) -> Int { (columns + 15) & ~15 }

/// Loads sixteen floats, aligned or not.
@inline(__always) func load(_ pointer: UnsafePointer<Float>) -> Vector {
  UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
}

/// Loads sixteen floats, aligned or not.
@inline(__always) func load(_ pointer: UnsafeMutablePointer<Float>) -> Vector {
  UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
}

/// Stores sixteen floats, aligned or not.
@inline(__always) func store(_ vector: Vector, _ pointer: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: Vector.self)
}

/// `sum + x · v`: fused if the set has it; rounded twice on the baseline, whose fused form would be a call for each
/// lane.
@inline(__always) func multiplyAdd(_ sum: Vector, _ x: Vector, _ v: Vector) -> Vector {
  #if KERNELS_BASELINE
    sum + x * v
  #else
    sum.addingProduct(x, v)
  #endif
}

/// `sum + x · v` with one number for all lanes.
@inline(__always) func multiplyAdd(_ sum: Vector, _ x: Float, _ v: Vector) -> Vector {
  multiplyAdd(sum, Vector(repeating: x), v)
}

/// The larger of two vectors, lane by lane; the second where they are equal.
@inline(__always) func larger(_ a: Vector, _ b: Vector) -> Vector {
  b.replacing(with: a, where: a .> b)
}

/// The square root of every lane, rounded correctly.
@inline(__always) func squareRoot(_ v: Vector) -> Vector { numeral_square_root(v) }

/// The sum of all lanes in one fixed order: halves are added until one is left.
@inline(__always) func sumOfLanes(_ v: Vector) -> Float {
  let eight = v.lowHalf + v.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

/// A number in all lanes, for loops that are limited by loads.
@inline(__always) func spread(_ number: UnsafePointer<Float>) -> Vector {
  #if KERNELS_AVX512
    numeral_spread(number)
  #else
    Vector(repeating: number.pointee)
  #endif
}
