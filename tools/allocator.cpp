// Three parameters of glibc's malloc.
#include "tools/allocator.h"

#include <cstdlib>  // defines __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace echofold {

void tune_allocator() noexcept {
#ifdef __GLIBC__
  // Each is advice: where one is refused, nothing changes.
  mallopt(M_MXFAST, 0);  // otherwise each large allocation first merges all freed small blocks
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

}  // namespace echofold
