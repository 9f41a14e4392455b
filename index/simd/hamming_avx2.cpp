// The kernel for the instruction set of lanes_avx2.h.
#include "index/simd/kernel_body.h"
#include "index/simd/lanes_avx2.h"

ECHOFOLD_DEFINE_KERNEL(avx2, Avx2Lanes)
