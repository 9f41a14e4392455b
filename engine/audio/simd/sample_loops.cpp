// The dispatch table.
#include "engine/audio/simd/sample_loops.h"

#include <cstdlib>

namespace echofold {
namespace {

bool always() noexcept { return true; }

#ifdef ECHOFOLD_X86_KERNELS
bool no_avx() noexcept { return __builtin_cpu_supports("avx") == 0; }
#else
bool never() noexcept { return false; }
#endif

#define ECHOFOLD_LOOPS_ROW(name, supported, like_swresample)                                             \
  {                                                                                                      \
#name, supported, like_swresample, loops::mix_float_##name, loops::mix_s16_##name,                   \
        loops::mix_s32_##name, loops::pick_s16_##name, loops::pick_s32_##name, loops::pick_float_##name, \
        loops::average_s16_##name, loops::filter_float_##name, loops::filter_s16_##name,                 \
        loops::levels_s16_##name, loops::levels_s32_##name, loops::powers_s16_##name,                    \
        loops::powers_s32_##name, loops::powers_float_##name, loops::power_s16_##name,                   \
        loops::window_s16_##name, loops::window_float_##name, loops::energies_##name,                    \
        loops::sum_by_eight_##name                                                                       \
  }

#ifdef ECHOFOLD_X86_KERNELS
bool has_avx2() noexcept { return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0; }
bool has_avx512() noexcept {
  return has_avx2() && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}
#endif

constexpr SampleLoops table[] = {
#ifdef ECHOFOLD_X86_KERNELS
    ECHOFOLD_LOOPS_ROW(avx512, has_avx512, has_avx512),
    ECHOFOLD_LOOPS_ROW(avx2, has_avx2, has_avx2),
    ECHOFOLD_LOOPS_ROW(baseline, always, no_avx),
#else
    ECHOFOLD_LOOPS_ROW(baseline, always, never),
#endif
};

const SampleLoops& choose() noexcept {
  // a set's name; the selection of the hamming kernel validates it
  const char* forced = std::getenv("ECHOFOLD_SIMD");
  for (const SampleLoops& loops : table)
    if (forced != nullptr && loops.name == forced && loops.supported()) return loops;
  for (const SampleLoops& loops : table)
    if (loops.supported()) return loops;
  return table[std::size(table) - 1];
}

}  // namespace

std::span<const SampleLoops> all_sample_loops() noexcept { return table; }

const SampleLoops& sample_loops() noexcept {
  static const SampleLoops& chosen = choose();
  return chosen;
}

}  // namespace echofold
