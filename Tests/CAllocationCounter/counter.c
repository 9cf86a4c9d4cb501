#include "CAllocationCounter.h"

#include <errno.h>
#include <stdlib.h>

// Thread by thread, because other tests run at the same time.
static _Thread_local long count;
static _Thread_local int is_counting;

void allocation_counter_start(void) {
  count = 0;
  is_counting = 1;
}

long allocation_counter_stop(void) {
  is_counting = 0;
  return count;
}

#if defined(__GLIBC__)
// Whatever a program defines under these names stands in for the C library's, for the whole program. Source: the GNU C
// Library's manual, "Replacing malloc".
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t number, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  count += is_counting;
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count += is_counting;
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  count += is_counting;
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count += is_counting;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  count += is_counting;
  *block = __libc_memalign(alignment, size);
  return *block || size == 0 ? 0 : ENOMEM;
}
#endif
