#ifndef NUMERAL_VECTOR_H
#define NUMERAL_VECTOR_H

// Vector operations that Swift's vectors do not offer on any processor. They are inlined into the kernels and compiled
// for their instruction set.

/// Sixteen floats: `SIMD16<Float>` in Swift.
typedef float numeral_float16 __attribute__((ext_vector_type(16)));

/// The square root of every lane, rounded correctly: the processor's own instruction.
///
/// Swift's `squareRoot()` calls the C library's `sqrtf` for each lane, with a branch for its error number.
static inline __attribute__((always_inline)) numeral_float16 numeral_square_root(numeral_float16 v) {
  return __builtin_elementwise_sqrt(v);
}

// Four vectors of quarters are four matrices of 4×4; these four operations, one instruction each, transpose them.
// Swift's `evenHalf` and similar properties give three times as many instructions.

/// From each quarter of four, the first two numbers of a and b, alternating: a0 b0 a1 b1.
static inline __attribute__((always_inline)) numeral_float16 numeral_mix_first(numeral_float16 a, numeral_float16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}

/// From each quarter the last two numbers: a2 b2 a3 b3.
static inline __attribute__((always_inline)) numeral_float16 numeral_mix_last(numeral_float16 a, numeral_float16 b) {
  return __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}

/// From each quarter the first two numbers of a, then those of b: a0 a1 b0 b1.
static inline __attribute__((always_inline)) numeral_float16 numeral_join_first(numeral_float16 a, numeral_float16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}

/// From each quarter the last two numbers of a, then those of b: a2 a3 b2 b3.
static inline __attribute__((always_inline)) numeral_float16 numeral_join_last(numeral_float16 a, numeral_float16 b) {
  return __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

#endif
