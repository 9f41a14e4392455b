// The kernel for the instruction set of lanes_vpopcnt.h.
#include "index/simd/kernel_body.h"
#include "index/simd/lanes_vpopcnt.h"

ECHOFOLD_DEFINE_KERNEL(vpopcnt, VpopcntLanes)
