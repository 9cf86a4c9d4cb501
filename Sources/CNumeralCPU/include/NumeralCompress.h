#ifndef NUMERAL_COMPRESS_H
#define NUMERAL_COMPRESS_H

#include <stdint.h>

#include "NumeralVector.h"

// AVX-512 and AVX2 instructions that Swift's vectors do not offer. They are inlined into the kernels of these sets.

#if defined(__AVX512BW__)

/// Sixteen bytes: `SIMD16<UInt8>` in Swift.
typedef uint8_t numeral_byte16 __attribute__((ext_vector_type(16)));
/// Sixteen whole numbers: `SIMD16<Int32>` in Swift.
typedef int32_t numeral_int16 __attribute__((ext_vector_type(16)));
/// Sixteen short integers: `SIMD16<UInt16>` in Swift.
typedef uint16_t numeral_short16 __attribute__((ext_vector_type(16)));

/// The numbers whose bit is set, in order, truncated to sixteen bits; zeros follow.
static inline __attribute__((always_inline)) numeral_short16 numeral_compress(numeral_int16 numbers, uint16_t bits) {
  typedef int vector __attribute__((vector_size(64)));
  numeral_int16 kept = (numeral_int16)__builtin_ia32_compresssi512_mask((vector)numbers, (vector){0}, bits);
  return __builtin_convertvector(kept, numeral_short16);
}

/// `number << 8 | byte` of the non-zero bytes, in order; zeros follow. `bits` gets a bit for each byte, set if the byte
/// is non-zero.
static inline __attribute__((always_inline)) numeral_short16 numeral_nonzero_entries(
    numeral_byte16 bytes, numeral_int16 numbers, uint16_t *_Nonnull bits) {
  typedef int vector __attribute__((vector_size(64)));
  numeral_int16 wide = __builtin_convertvector(bytes, numeral_int16);
  *bits = __builtin_ia32_cmpd512_mask((vector)wide, (vector){0}, 4, 0xFFFF);
  return numeral_compress(wide | numbers << 8, *bits);
}

/// A number in all lanes, loaded through a general register. If vector loads limit a loop, a broadcast from memory
/// would compete with them.
static inline __attribute__((always_inline)) numeral_float16 numeral_spread(const float *_Nonnull number) {
  int32_t bits;
  __builtin_memcpy(&bits, number, 4);
  // Prevents the compiler from combining both into one load.
  __asm__("" : "+r"(bits));
  return (numeral_float16)((numeral_int16)bits);
}

#endif

#if defined(__AVX2__)

/// Eight short integers: `SIMD8<UInt16>` in Swift.
typedef uint16_t numeral_short8 __attribute__((ext_vector_type(8)));

/// The numbers at some places; each place is given as those of its two bytes.
static inline __attribute__((always_inline)) numeral_short8 numeral_pick(
    numeral_short8 numbers, numeral_short8 places) {
  typedef char vector __attribute__((vector_size(16)));
  return (numeral_short8)__builtin_ia32_pshufb128((vector)numbers, (vector)places);
}

#endif

/// A bit for each of 64 bytes, the lowest for the first: set if the byte is non-zero.
static inline __attribute__((always_inline)) uint64_t numeral_nonzero_bytes(const uint8_t *_Nonnull bytes) {
#if defined(__AVX512BW__)
  typedef char vector __attribute__((vector_size(64), aligned(1)));
  return __builtin_ia32_cmpb512_mask(*(const vector *)bytes, (vector){0}, 4, ~0ull);
#elif defined(__SSE2__)
  typedef char vector __attribute__((vector_size(16), aligned(1)));
  uint64_t zero = 0;
  for (int i = 0; i < 4; i++)
    zero |= (uint64_t)(uint16_t)__builtin_ia32_pmovmskb128((((const vector *)bytes)[i] == 0)) << 16 * i;
  return ~zero;
#else
  uint64_t nonzero = 0;
  for (int i = 0; i < 64; i++) nonzero |= (uint64_t)(bytes[i] != 0) << i;
  return nonzero;
#endif
}

/// The same for one bit position of each of 64 bytes.
static inline __attribute__((always_inline)) uint64_t numeral_bit_of_bytes(const uint8_t *_Nonnull bytes, int bit) {
#if defined(__AVX512BW__)
  typedef char vector __attribute__((vector_size(64), aligned(1)));
  vector wanted = (vector){0} + (char)(1 << bit);
  uint64_t nonzero = __builtin_ia32_cmpb512_mask(*(const vector *)bytes & wanted, (vector){0}, 4, ~0ull);
  // Placed here, where the compiler would not move it by itself: after a loop whose end cannot be predicted.
  __asm__ volatile("" : "+r"(nonzero));
  return nonzero;
#elif defined(__SSE2__)
  typedef short vector __attribute__((vector_size(16), aligned(1)));
  typedef char bytes16 __attribute__((vector_size(16)));
  uint64_t nonzero = 0;
  // Only the sign of each byte is used; shifted bits of a lower neighbour are below it.
  for (int i = 0; i < 4; i++) {
    const bytes16 shifted = (bytes16)(((const vector *)bytes)[i] << (7 - bit));
    nonzero |= (uint64_t)(uint16_t)__builtin_ia32_pmovmskb128(shifted) << 16 * i;
  }
  return nonzero;
#else
  uint64_t nonzero = 0;
  for (int i = 0; i < 64; i++) nonzero |= (uint64_t)(bytes[i] >> bit & 1) << i;
  return nonzero;
#endif
}

/// A bit for each of sixteen floats, the lowest for the first: set if it is non-zero. NaN counts as non-zero.
static inline __attribute__((always_inline)) uint16_t numeral_nonzero_floats(const float *_Nonnull numbers) {
#if defined(__AVX512F__)
  typedef float vector __attribute__((vector_size(64), aligned(4)));
  return __builtin_ia32_cmpps512_mask(*(const vector *)numbers, (vector){0}, 4, 0xFFFF, 4);
#elif defined(__AVX__)
  typedef float vector __attribute__((vector_size(32), aligned(4)));
  const vector *v = (const vector *)numbers;
  vector zero = {0};
  return (uint16_t)(__builtin_ia32_movmskps256(__builtin_ia32_cmpps256(v[0], zero, 4))
                    | __builtin_ia32_movmskps256(__builtin_ia32_cmpps256(v[1], zero, 4)) << 8);
#else
  uint16_t nonzero = 0;
  for (int i = 0; i < 16; i++) nonzero |= (uint16_t)(numbers[i] != 0) << i;
  return nonzero;
#endif
}

/// Four short integers in a row, the first in the lowest bits: one load instead of four.
static inline __attribute__((always_inline)) uint64_t numeral_load_four(const uint16_t *_Nonnull numbers) {
  uint64_t four;
  __builtin_memcpy(&four, numbers, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "the first of four numbers is taken to be the lowest"
#endif
  // Prevents the compiler from making four loads.
  __asm__("" : "+r"(four));
  return four;
}

#endif
