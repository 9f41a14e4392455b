// The limits of the instruction set of lanes_avx512.h.
#include "index/simd/lanes_avx512.h"

#include "bench/micro/limit_body.h"

ECHOFOLD_DEFINE_LIMITS(avx512, simd::Avx512Lanes)
