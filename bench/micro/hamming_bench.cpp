// Items per second of every kernel that this processor runs: one alignment, 64 neighbouring ones, masked.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "index/simd/hamming.h"
#include "tests/support/synthetic.h"

namespace echofold {
namespace {

constexpr std::size_t band_offsets = 64;

void distance(benchmark::State& state, const HammingKernel& kernel) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<Item> a = test::make_items(1, n), b = test::make_items(2, n);
  for (auto _ : state) benchmark::DoNotOptimize(kernel.distance(a.data(), b.data(), n));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void band(benchmark::State& state, const HammingKernel& kernel) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<Item> a = test::make_items(1, n), b = test::make_items(2, n + band_offsets);
  std::vector<std::uint64_t> out(band_offsets);
  for (auto _ : state) {
    kernel.band(a.data(), b.data(), n, band_offsets, out.data());
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * static_cast<std::int64_t>(band_offsets));
}

void masked(benchmark::State& state, const HammingKernel& kernel) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<Item> a = test::make_items(1, n), b = test::make_items(2, n), mask(n, ~Item{0});
  for (auto _ : state)
    benchmark::DoNotOptimize(kernel.masked(a.data(), b.data(), mask.data(), mask.data(), n));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void register_kernel(const HammingKernel& kernel) {
  const std::string name(kernel.name);
  using Body = void (*)(benchmark::State&, const HammingKernel&);
  const std::pair<const char*, Body> bodies[] = {
      {"distance/", distance}, {"band/", band}, {"masked/", masked}};
  for (const auto& [task, body] : bodies)
    benchmark::RegisterBenchmark((task + name).c_str(), body, kernel)->Arg(64)->Arg(948)->Arg(2000);
}

}  // namespace
}  // namespace echofold

int main(int argc, char** argv) {
  for (const echofold::HammingKernel& kernel : echofold::hamming_kernels())
    if (kernel.supported()) echofold::register_kernel(kernel);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
