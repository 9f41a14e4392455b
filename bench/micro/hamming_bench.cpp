// Items per second of every kernel that this processor supports: one alignment, 64 neighbouring ones, masked. They
// are compared with the measured limits of each instruction set, and shown as a share of them. Also whole alignments
// with the kernel in use.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <vector>

#include "bench/micro/alignment_bench.h"
#include "bench/micro/limits.h"
#include "index/simd/hamming.h"
#include "tests/support/synthetic.h"

namespace echofold {
namespace {

constexpr std::size_t band_offsets = 64;

/// Best possible items per second of one instruction set.
struct Limits {
  double count = 0, load = 0;  ///< 0: not measured on this processor
};

/// The best of several runs, since disturbances only slow it down.
template <class Body>
double best_rate(std::size_t items, Body body) {
  using Clock = std::chrono::steady_clock;
  double best = 0;
  for (int round = 0; round < 50; ++round) {
    const auto start = Clock::now();
    for (int i = 0; i < 50; ++i) body();
    const std::chrono::duration<double> took = Clock::now() - start;
    best = std::max(best, 50.0 * static_cast<double>(items) / took.count());
  }
  return best;
}

#ifdef ECHOFOLD_X86_KERNELS
#define ECHOFOLD_LIMITS(set)                                                                   \
  if (kernel.name == #set) return {                                                            \
      best_rate(limits::counted_##set(wanted),                                                 \
                [&] { benchmark::DoNotOptimize(limits::count_##set(items.data(), wanted)); }), \
          best_rate(items.size(), [&] { limits::load_##set(items.data(), items.size()); })     \
    }

Limits limits_of(const HammingKernel& kernel) {
  constexpr std::size_t wanted = 16384;
  const std::vector<Item> items = test::make_items(3, 4096);  // 16 KiB: half of a first-level cache
  ECHOFOLD_LIMITS(vpopcnt);
  ECHOFOLD_LIMITS(avx512);
  ECHOFOLD_LIMITS(avx2);
  ECHOFOLD_LIMITS(baseline);
  return {};
}
#else
Limits limits_of(const HammingKernel&) { return {}; }
#endif

/// @param counts, loads  vectors counted and loaded per compared item
void report(benchmark::State& state, std::int64_t items, const Limits& limits, double counts, double loads) {
  const auto all = static_cast<double>(state.iterations() * items);
  state.SetItemsProcessed(state.iterations() * items);
  if (limits.count == 0) return;
  state.counters["of_popcount_limit"] = {counts * all / limits.count, benchmark::Counter::kIsRate};
  state.counters["of_load_limit"] = {loads * all / limits.load, benchmark::Counter::kIsRate};
}

void distance(benchmark::State& state, const HammingKernel& kernel, const Limits& limits) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<Item> a = test::make_items(1, n), b = test::make_items(2, n);
  for (auto _ : state) benchmark::DoNotOptimize(kernel.distance(a.data(), b.data(), n));
  report(state, state.range(0), limits, 1, 2);
}

void band(benchmark::State& state, const HammingKernel& kernel, const Limits& limits) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<Item> a = test::make_items(1, n), b = test::make_items(2, n + band_offsets);
  std::vector<std::uint64_t> out(band_offsets);
  for (auto _ : state) {
    kernel.band(a.data(), b.data(), n, band_offsets, out.data());
    benchmark::DoNotOptimize(out.data());
  }
  report(state, state.range(0) * static_cast<std::int64_t>(band_offsets), limits, 1, 1);
}

void masked(benchmark::State& state, const HammingKernel& kernel, const Limits& limits) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<Item> a = test::make_items(1, n), b = test::make_items(2, n), mask(n, ~Item{0});
  for (auto _ : state)
    benchmark::DoNotOptimize(kernel.masked(a.data(), b.data(), mask.data(), mask.data(), n));
  report(state, state.range(0), limits, 2, 4);
}

/// Adds the limits as separate rows with their measured times.
void limit(benchmark::State& state, double items_per_second) {
  for (auto _ : state) state.SetIterationTime(1e-6);
  state.SetItemsProcessed(
      static_cast<std::int64_t>(static_cast<double>(state.iterations()) * items_per_second * 1e-6));
}

void register_kernel(const HammingKernel& kernel) {
  const std::string name(kernel.name);
  const Limits limits = limits_of(kernel);
  using Body = void (*)(benchmark::State&, const HammingKernel&, const Limits&);
  const std::pair<const char*, Body> bodies[] = {
      {"distance/", distance}, {"band/", band}, {"masked/", masked}};
  for (const auto& [task, body] : bodies)
    benchmark::RegisterBenchmark((task + name).c_str(), body, kernel, limits)->Arg(64)->Arg(948)->Arg(2000);
  if (limits.count == 0) return;
  for (const auto& [task, rate] : {std::pair{"popcount_limit/", limits.count}, {"load_limit/", limits.load}})
    benchmark::RegisterBenchmark((task + name).c_str(), limit, rate)->UseManualTime()->Iterations(1000);
}

}  // namespace
}  // namespace echofold

int main(int argc, char** argv) {
  for (const echofold::HammingKernel& kernel : echofold::hamming_kernels())
    if (kernel.supported()) echofold::register_kernel(kernel);
  echofold::register_alignments();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
