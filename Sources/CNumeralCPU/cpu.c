#define _GNU_SOURCE
#include "CNumeralCPU.h"

#if defined(__linux__)
#include <sched.h>
#include <sys/mman.h>

void numeral_use_large_pages(void *memory, long bytes) { (void)madvise(memory, (size_t)bytes, MADV_HUGEPAGE); }

int numeral_allowed_cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? count : 1;
}

int numeral_current_core(void) { return sched_getcpu(); }

void numeral_avoid_cores(const int32_t *cores, long count) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  cpu_set_t rest = allowed;
  for (long i = 0; i < count; i++)
    if (cores[i] >= 0 && cores[i] < CPU_SETSIZE) CPU_CLR(cores[i], &rest);
  if (CPU_COUNT(&rest) == 0) return;
  // The mask with one core moves the thread at once; restoring the wide mask lets the system move it again.
  if (sched_setaffinity(0, sizeof rest, &rest) == 0) sched_setaffinity(0, sizeof allowed, &allowed);
}
#else
void numeral_use_large_pages(void *memory, long bytes) { (void)memory, (void)bytes; }
int numeral_allowed_cores(void) { return 1; }
int numeral_current_core(void) { return -1; }
void numeral_avoid_cores(const int32_t *cores, long count) { (void)cores, (void)count; }
#endif

#if defined(__x86_64__)
int numeral_cpu_level(void) {
  // The builtins read CPUID and XCR0, so a system that does not save the wide registers counts as one without them.
  __builtin_cpu_init();
  int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  int v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return v4 ? 4 : v3 ? 3 : 1;
}
#else
int numeral_cpu_level(void) { return 1; }
#endif
