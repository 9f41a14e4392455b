// The table of kernels, and the choice of one.
#include "index/simd/hamming.h"

#include <cstdlib>
#include <string>

#include "index/base/error.h"

namespace echofold {
namespace {

bool always() noexcept { return true; }

#ifdef ECHOFOLD_X86_KERNELS
// __builtin_cpu_supports also asks the operating system whether it saves the wide registers.
bool has_avx2() noexcept { return __builtin_cpu_supports("avx2") != 0; }
bool has_avx512() noexcept {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}
bool has_vpopcnt() noexcept {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vpopcntdq") != 0;
}
#endif

using namespace simd;

constexpr HammingKernel kernels[] = {
// fastest first; the last one runs on every processor
#ifdef ECHOFOLD_X86_KERNELS
    {"vpopcnt", has_vpopcnt, distance_vpopcnt, band_vpopcnt, masked_vpopcnt},
    {"avx512", has_avx512, distance_avx512, band_avx512, masked_avx512},
    {"avx2", has_avx2, distance_avx2, band_avx2, masked_avx2},
#endif
    {"baseline", always, distance_baseline, band_baseline, masked_baseline},
};

std::string names() {
  std::string all;
  for (const HammingKernel& kernel : kernels)
    if (kernel.supported()) all.append(all.empty() ? "" : ", ").append(kernel.name);
  return all;
}

const HammingKernel& choose() {
  const char* wanted = std::getenv("ECHOFOLD_SIMD");
  return choose_hamming_kernel(wanted == nullptr ? std::string_view{} : wanted);
}

}  // namespace

std::span<const HammingKernel> hamming_kernels() noexcept { return kernels; }

const HammingKernel& choose_hamming_kernel(std::string_view wanted) {
  for (const HammingKernel& kernel : kernels) {
    if (!wanted.empty() && kernel.name != wanted) continue;
    if (kernel.supported()) return kernel;
    if (!wanted.empty())
      throw Error(Fault::usage, "ECHOFOLD_SIMD=" + std::string(wanted) +
                                    ": this processor can't run that kernel; it runs " + names());
  }
  throw Error(Fault::usage,
              "ECHOFOLD_SIMD=" + std::string(wanted) + ": no such kernel; this processor runs " + names());
}

const HammingKernel& hamming_kernel() {
  static const HammingKernel& chosen = choose();
  return chosen;
}

}  // namespace echofold
