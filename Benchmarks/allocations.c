/* Counts allocations and reports the peak memory of a program, for Benchmarks/bench.py.
 *
 * Preloaded: every malloc, calloc, realloc and aligned allocation is counted and passed on. At exit
 * "all before_reports peak_kB" goes to the file that PODSTORM_ALLOCATIONS names. podstorm makes the
 * folder of its tables when it has simulated, which tells reports from the rest. The peak is VmHWM,
 * because getrusage keeps the size that the parent had before exec. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static unsigned long all, before_reports;

static void add(void) { __atomic_add_fetch(&all, 1, __ATOMIC_RELAXED); }

void *malloc(size_t size) { add(); return __libc_malloc(size); }
void *calloc(size_t n, size_t size) { add(); return __libc_calloc(n, size); }
void *realloc(void *old, size_t size) { add(); return __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { add(); return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result == NULL ? 12 : 0;
}

int mkdir(const char *path, mode_t mode) {
  before_reports = all;
  return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

__attribute__((destructor)) static void report(void) {
  unsigned long total = all;
  const char *path = getenv("PODSTORM_ALLOCATIONS");
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  long peak = 0;
  while (status != NULL && fgets(line, sizeof line, status) != NULL)
    if (sscanf(line, "VmHWM: %ld", &peak) == 1) break;
  FILE *out = path == NULL ? NULL : fopen(path, "w");
  if (out == NULL) return;
  fprintf(out, "%lu %lu %ld\n", total, before_reports, peak);
  fclose(out);
}
