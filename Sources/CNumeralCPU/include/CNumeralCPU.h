#ifndef CNUMERAL_CPU_H
#define CNUMERAL_CPU_H

#include <stdint.h>

/// The highest x86-64 microarchitecture level that both the processor and the operating system support:
/// 1 (baseline), 3 (AVX2 and FMA) or 4 (AVX-512 F, BW, CD, DQ, VL). 1 on any other architecture.
int numeral_cpu_level(void);

/// The number of cores in this process's affinity mask, at least 1. Swift's C library module does not expose the mask.
int numeral_allowed_cores(void);

/// The core that the calling thread runs on, or -1 if the system does not report it.
int numeral_current_core(void);

/// Moves the calling thread to another of its allowed cores, if there is one besides these. It may move anywhere later.
void numeral_avoid_cores(const int32_t *_Nonnull cores, long count);

/// Requests large pages for some memory that starts with a large page; does nothing if the system has none.
void numeral_use_large_pages(void *_Nonnull memory, long bytes);

/// Prefetches the cache line at an address into the second cache; never waits, never faults.
static inline void numeral_prefetch(const void *_Nullable address) { __builtin_prefetch(address, 0, 2); }

/// Prefetches the cache line into the first cache, for a line that is needed soon.
static inline void numeral_prefetch_near(const void *_Nullable address) { __builtin_prefetch(address, 0, 3); }

/// Prefetches the cache line for writing. Baseline processors may do nothing.
static inline void numeral_prefetch_to_write(const void *_Nullable address) {
#if defined(__x86_64__)
  // For the baseline the compiler would emit a plain prefetch.
  if (address) __asm__ volatile("prefetchw %0" : : "m"(*(const char *)address));
#else
  __builtin_prefetch(address, 1, 3);
#endif
}

// The floating-point control word of the calling thread: MXCSR on x86-64, FPCR on arm64; other machines have none.

/// The control word, without its exception flags.
static inline uint64_t numeral_control_word(void) {
#if defined(__x86_64__)
  return __builtin_ia32_stmxcsr() & ~0x3Fu;
#elif defined(__aarch64__)
  uint64_t word;
  __asm__ volatile("mrs %0, fpcr" : "=r"(word));
  return word;
#else
  return 0;
#endif
}

/// Restores a control word of the thread.
static inline void numeral_restore_control_word(uint64_t word) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr((unsigned)word);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(word));
#else
  (void)word;
#endif
}

/// The bits of a control word that make subnormal inputs and results zero; 0 if there are none.
static inline uint64_t numeral_flushing_bits(void) {
#if defined(__x86_64__)
  return 0x8040;  // FTZ and DAZ
#elif defined(__aarch64__)
  return 1u << 24;  // FZ, which is both
#else
  return 0;
#endif
}

/// Makes subnormal numbers zero from now on, and returns the previous control word.
static inline uint64_t numeral_flush_subnormals(void) {
  uint64_t word = numeral_control_word();
  numeral_restore_control_word(word | numeral_flushing_bits());
  return word;
}

#endif
