// The limits of the instruction set of lanes_avx2.h.
#include "index/simd/lanes_avx2.h"

#include "bench/micro/limit_body.h"

ECHOFOLD_DEFINE_LIMITS(avx2, simd::Avx2Lanes)
