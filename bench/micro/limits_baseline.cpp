// The limits of the instruction set of lanes_baseline.h.
#include "index/simd/lanes_baseline.h"

#include "bench/micro/limit_body.h"

ECHOFOLD_DEFINE_LIMITS(baseline, simd::BaselineLanes)
