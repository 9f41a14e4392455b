// Measures what this machine can do at best: the limits that a join's stages are compared with (README.md).
//
//   bench_machine_limits [MEGABYTES]
//
// MEGABYTES is the size of the array that is read, of which a quarter is sorted; default 1024, far more than any
// cache. Prints a line of JSON about the build, and one about the machine. Uses all cores at once; each figure is the
// best of three.
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <vector>

#include "bench/library.h"
#include "index/base/json.h"
#include "index/candidates/keys.h"
#include "index/join/huge_array.h"
#include "index/simd/hamming.h"

namespace echofold::bench {
namespace {

constexpr std::size_t blocks = 1024;
constexpr int rounds = 3;

/// Work per second in the fastest round. `prepare` is not timed.
double best_rate(
    double work, const std::function<void()>& run, const std::function<void()>& prepare = [] {}) {
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    prepare();
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, work / seconds.count());
  }
  return best;
}

/// Stores results, so that the compiler cannot remove the work.
std::atomic<std::uint64_t> sink = 0;

double read_gb_per_s(const HugeArray<std::uint64_t>& array) {
  const std::size_t words_per_block = array.size() / blocks;
  return 1e-9 * best_rate(static_cast<double>(array.size() * sizeof(std::uint64_t)), [&] {
           tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
             const std::uint64_t* from = array.data() + block * words_per_block;
             std::uint64_t sum = 0;
             for (std::size_t i = 0; i < words_per_block; ++i) sum += from[i];
             sink += sum;
           });
         });
}

/// Independent reads of one word each, all over the array: as many concurrent memory accesses as the cores can issue.
double random_reads_per_s(const HugeArray<std::uint64_t>& array) {
  constexpr std::uint32_t reads_per_block = 1 << 16;
  return best_rate(double{blocks} * reads_per_block, [&] {
    tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
      const auto first = static_cast<std::uint32_t>(block) * reads_per_block;
      std::uint64_t sum = 0;
      for (std::uint32_t i = 0; i < reads_per_block; ++i) sum += array[mix(first + i) % array.size()];
      sink += sum;
    });
  });
}

double sorted_per_s(std::size_t count) {
  std::vector<std::uint64_t> numbers(count);
  const auto shuffle = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      const auto low = static_cast<std::uint32_t>(i);
      numbers[i] = std::uint64_t{mix(low)} << 32 | low;
    }
  };
  return best_rate(
      static_cast<double>(count), [&] { tbb::parallel_sort(numbers.begin(), numbers.end()); }, shuffle);
}

/// Items that the kernel in use compares, from the first-level cache.
double compared_items_per_s() {
  constexpr std::size_t items = 1024, tasks = 64, repeats = 1 << 12;
  std::vector<Item> a(items), b(items);
  for (std::uint32_t i = 0; i < items; ++i) {
    a[i] = mix(i);
    b[i] = mix(~i);
  }
  const HammingKernel& kernel = hamming_kernel();
  return best_rate(double{items} * tasks * repeats, [&] {
    tbb::parallel_for(std::size_t{0}, tasks, [&](std::size_t) {
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < repeats; ++i) sum += kernel.distance(a.data(), b.data(), items);
      sink += sum;
    });
  });
}

int run(int argc, char** argv) {
  const std::size_t megabytes = argc > 1 ? std::stoul(argv[1]) : 1024;
  HugeArray<std::uint64_t> array(std::max<std::size_t>(megabytes, 1) << 17);
  tbb::parallel_for(std::size_t{0}, array.size(), [&](std::size_t i) { array[i] = i; });
  print_build();
  Json line;
  line["schema"] = "echofold.bench.machine_limits/1";
  line["threads"] = tbb::this_task_arena::max_concurrency();
  line["read_gb_per_s"] = read_gb_per_s(array);
  line["random_reads_per_s"] = random_reads_per_s(array);
  line["sorted_words_per_s"] = sorted_per_s(array.size() / 4);
  line["compared_items_per_s"] = compared_items_per_s();
  std::cout << to_line(line) << std::endl;
  return 0;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
