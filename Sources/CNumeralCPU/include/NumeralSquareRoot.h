#ifndef NUMERAL_SQUARE_ROOT_H
#define NUMERAL_SQUARE_ROOT_H

/// Sixteen floats: `SIMD16<Float>` in Swift.
typedef float numeral_float16 __attribute__((ext_vector_type(16)));

/// The square root of every lane, rounded correctly: the processor's own instruction.
///
/// Swift's `squareRoot()` is the C library's `sqrtf` with a branch for its error number, lane by lane. Inlined into the
/// kernels and compiled for their instruction set.
static inline __attribute__((always_inline)) numeral_float16 numeral_square_root(numeral_float16 v) {
  return __builtin_elementwise_sqrt(v);
}

#endif
