#ifndef NUMERAL_COMPRESS_H
#define NUMERAL_COMPRESS_H

#include <stdint.h>

// Instructions of AVX-512 that Swift's vectors have no word for. Inlined into the kernels of that set.

#if defined(__AVX512BW__)

/// Sixty-four bytes: `SIMD64<UInt8>` in Swift.
typedef uint8_t numeral_byte64 __attribute__((ext_vector_type(64)));
/// Sixteen whole numbers: `SIMD16<Int32>` in Swift.
typedef int32_t numeral_int16 __attribute__((ext_vector_type(16)));
/// Sixteen short ones: `SIMD16<UInt16>` in Swift.
typedef uint16_t numeral_short16 __attribute__((ext_vector_type(16)));

/// A bit for each byte, the lowest for the first: set if the byte is not zero.
static inline __attribute__((always_inline)) uint64_t numeral_lit_bytes(numeral_byte64 bytes) {
  typedef char vector __attribute__((vector_size(64)));
  return __builtin_ia32_cmpb512_mask((vector)bytes, (vector){0}, 4, ~0ull);
}

/// The numbers whose bit is set, in order, cut to sixteen bits; zeros follow.
static inline __attribute__((always_inline)) numeral_short16 numeral_compress(numeral_int16 numbers, uint16_t bits) {
  typedef int vector __attribute__((vector_size(64)));
  numeral_int16 kept = (numeral_int16)__builtin_ia32_compresssi512_mask((vector)numbers, (vector){0}, bits);
  return __builtin_convertvector(kept, numeral_short16);
}

#endif

#endif
