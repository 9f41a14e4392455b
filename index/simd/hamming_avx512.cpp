// The kernel for the instruction set of lanes_avx512.h.
#include "index/simd/kernel_body.h"
#include "index/simd/lanes_avx512.h"

ECHOFOLD_DEFINE_KERNEL(avx512, Avx512Lanes)
