// The kernel for the instruction set of lanes_baseline.h.
#include "index/simd/kernel_body.h"
#include "index/simd/lanes_baseline.h"

ECHOFOLD_DEFINE_KERNEL(baseline, BaselineLanes)
