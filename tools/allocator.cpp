// Three parameters of glibc's malloc.
#include "tools/allocator.h"

#include <cstdlib>  // defines __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace echofold {

void tune_allocator() noexcept {
#ifdef __GLIBC__
  // Each is advice: a refused one changes nothing.
  mallopt(M_MXFAST, 0);  // else each large allocation first merges all small blocks that were freed since
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

}  // namespace echofold
