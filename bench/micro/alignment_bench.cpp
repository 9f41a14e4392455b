// Synthetic tracks, read from the cache.
#include "bench/micro/alignment_bench.h"

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

#include "index/pair/align.h"
#include "index/simd/hamming.h"
#include "tests/support/synthetic.h"

namespace echofold {
namespace {

constexpr std::size_t track_items = 2000;
constexpr std::array<std::int32_t, 3> offsets{0, 37, -112};

void align(benchmark::State& state, const std::vector<Item>& a, const std::vector<Item>& b) {
  for (auto _ : state) benchmark::DoNotOptimize(best_alignment(a, b, offsets));
}

}  // namespace

void register_alignments() {
  const std::string kernel(hamming_kernel().name);
  const auto track = test::make_items(1, track_items);
  benchmark::RegisterBenchmark(("best_alignment/unrelated/" + kernel).c_str(), align, track,
                               test::make_items(2, track_items));
  benchmark::RegisterBenchmark(("best_alignment/related/" + kernel).c_str(), align, track,
                               test::with_bit_errors(track, 0.01, 3));
}

}  // namespace echofold
