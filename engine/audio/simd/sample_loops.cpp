// The table that picks.
#include "engine/audio/simd/sample_loops.h"

#include <cstdlib>

namespace echofold {
namespace {

bool always() noexcept { return true; }

#define ECHOFOLD_LOOPS_ROW(name, supported)                                                                  \
  {                                                                                                          \
#name, supported, loops::mix_float_##name, loops::mix_s16_##name, loops::mix_s32_##name,                 \
        loops::pick_s16_##name, loops::pick_s32_##name, loops::pick_float_##name, loops::average_s16_##name, \
        loops::filter_float_##name, loops::filter_s16_##name, loops::levels_s16_##name,                      \
        loops::levels_s32_##name, loops::window_s16_##name, loops::window_float_##name,                      \
        loops::energies_##name, loops::sum_by_eight_##name                                                   \
  }

#ifdef ECHOFOLD_X86_KERNELS
bool has_avx2() noexcept { return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0; }
#endif

constexpr SampleLoops table[] = {
#ifdef ECHOFOLD_X86_KERNELS
    ECHOFOLD_LOOPS_ROW(avx2, has_avx2),
#endif
    ECHOFOLD_LOOPS_ROW(baseline, always),
};

const SampleLoops& choose() noexcept {
  const char* forced = std::getenv("ECHOFOLD_SIMD");  // names of kernels are checked where those are chosen
  const bool any = forced == nullptr || std::string_view(forced) != "baseline";
  for (const SampleLoops& loops : table)
    if (any && loops.supported()) return loops;
  return table[std::size(table) - 1];
}

}  // namespace

std::span<const SampleLoops> all_sample_loops() noexcept { return table; }

const SampleLoops& sample_loops() noexcept {
  static const SampleLoops& chosen = choose();
  return chosen;
}

}  // namespace echofold
