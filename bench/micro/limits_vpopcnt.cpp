// The limits of the instruction set of lanes_vpopcnt.h.
#include "index/simd/lanes_vpopcnt.h"

#include "bench/micro/limit_body.h"

ECHOFOLD_DEFINE_LIMITS(vpopcnt, simd::VpopcntLanes)
