#ifndef CNUMERAL_CPU_H
#define CNUMERAL_CPU_H

#include <stdint.h>

/// The highest x86-64 microarchitecture level that both the processor and the operating system support:
/// 1 (baseline), 3 (AVX2 and FMA) or 4 (AVX-512 F, BW, CD, DQ, VL). 1 on any other architecture.
int numeral_cpu_level(void);

/// The number of cores in this process's affinity mask, at least 1. Swift's C library module does not show the mask.
int numeral_allowed_cores(void);

/// The core that the calling thread runs on, or -1 where the system does not tell.
int numeral_current_core(void);

/// Moves the calling thread to another of its allowed cores, if there is one besides these; it may go anywhere later.
void numeral_avoid_cores(const int32_t *_Nonnull cores, long count);

/// Asks for some memory, which begins with a large page, to be made of large pages; nothing where the system has none.
void numeral_use_large_pages(void *_Nonnull memory, long bytes);

/// Asks for the cache line at an address to be brought into the second cache; never waits, never faults.
static inline void numeral_prefetch(const void *_Nullable address) { __builtin_prefetch(address, 0, 2); }

/// The same for the first cache, where a line is wanted soon.
static inline void numeral_prefetch_near(const void *_Nullable address) { __builtin_prefetch(address, 0, 3); }

/// The same where it will be written: taken away from the core that has it. Processors of the baseline may do nothing.
static inline void numeral_prefetch_to_write(const void *_Nullable address) {
#if defined(__x86_64__)
  // The compiler would write a plain prefetch for the baseline.
  if (address) __asm__ volatile("prefetchw %0" : : "m"(*(const char *)address));
#else
  __builtin_prefetch(address, 1, 3);
#endif
}

#endif
