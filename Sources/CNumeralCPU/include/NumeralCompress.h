#ifndef NUMERAL_COMPRESS_H
#define NUMERAL_COMPRESS_H

#include <stdint.h>

// Instructions that Swift's vectors have no word for, of AVX-512 and of AVX2. Inlined into the kernels of these sets.

#if defined(__AVX512BW__)

/// Sixty-four bytes: `SIMD64<UInt8>` in Swift.
typedef uint8_t numeral_byte64 __attribute__((ext_vector_type(64)));
/// Sixteen bytes: `SIMD16<UInt8>` in Swift.
typedef uint8_t numeral_byte16 __attribute__((ext_vector_type(16)));
/// Sixteen whole numbers: `SIMD16<Int32>` in Swift.
typedef int32_t numeral_int16 __attribute__((ext_vector_type(16)));
/// Sixteen numbers: `SIMD16<Float>` in Swift.
typedef float numeral_float16 __attribute__((ext_vector_type(16)));
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

/// `number << 8 | byte` of the bytes that are not zero, in order; zeros follow. A bit for each byte says which they are.
static inline __attribute__((always_inline)) numeral_short16 numeral_lit_entries(
    numeral_byte16 bytes, numeral_int16 numbers, uint16_t *_Nonnull bits) {
  typedef int vector __attribute__((vector_size(64)));
  numeral_int16 wide = __builtin_convertvector(bytes, numeral_int16);
  *bits = __builtin_ia32_cmpd512_mask((vector)wide, (vector){0}, 4, 0xFFFF);
  return numeral_compress(wide | numbers << 8, *bits);
}

/// A number in all lanes, by way of a general register: where vectors are loaded as fast as the first cache can, a broadcast
/// from memory would wait in line with them.
static inline __attribute__((always_inline)) numeral_float16 numeral_spread(const float *_Nonnull number) {
  int32_t bits;
  __builtin_memcpy(&bits, number, 4);
  // Keeps the compiler from making one load of both.
  __asm__("" : "+r"(bits));
  return (numeral_float16)((numeral_int16)bits);
}

#endif

#if defined(__AVX2__)

/// Eight short ones: `SIMD8<UInt16>` in Swift.
typedef uint16_t numeral_short8 __attribute__((ext_vector_type(8)));

/// The numbers at some places, each given as the places of its two bytes.
static inline __attribute__((always_inline)) numeral_short8 numeral_pick(numeral_short8 numbers, numeral_short8 places) {
  typedef char vector __attribute__((vector_size(16)));
  return (numeral_short8)__builtin_ia32_pshufb128((vector)numbers, (vector)places);
}

#endif

#endif
