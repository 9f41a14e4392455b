// Finds the longest common block, then does the same to its left and right (Ratcliff and Obershelp).
#include "bench/rivals/difflib_ratio.h"

#include <array>
#include <cstddef>
#include <vector>

namespace echofold::bench {
namespace {

constexpr std::size_t popular_from_length = 200;
constexpr std::size_t popular_share = 100;

struct Range {
  std::size_t a_begin, a_end, b_begin, b_end;
};

struct Block {
  std::size_t a, b, size;
};

class BlockFinder {
 public:
  BlockFinder(std::string_view a, std::string_view b)
      : a_(a), b_(b), lengths_(b.size() + 1), next_(b.size() + 1) {
    for (std::size_t j = 0; j < b.size(); ++j) places_of(b[j]).push_back(j);
    if (b.size() < popular_from_length) return;
    for (std::vector<std::size_t>& places : places_)
      if (places.size() > b.size() / popular_share + 1) places.clear();
  }

  /// The longest block of characters that are not popular; the earliest in a, then the earliest in b, if there are
  /// several. It is then extended at both ends by equal characters.
  Block longest(const Range& range) {
    Block best{range.a_begin, range.b_begin, 0};
    for (std::size_t i = range.a_begin; i < range.a_end; ++i) extend_runs(i, range, best);
    clear(written_, lengths_);
    while (best.a > range.a_begin && best.b > range.b_begin && a_[best.a - 1] == b_[best.b - 1])
      best = {best.a - 1, best.b - 1, best.size + 1};
    while (best.a + best.size < range.a_end && best.b + best.size < range.b_end &&
           a_[best.a + best.size] == b_[best.b + best.size])
      ++best.size;
    return best;
  }

 private:
  std::vector<std::size_t>& places_of(char c) { return places_[static_cast<unsigned char>(c)]; }

  /// next_[j + 1]: length of the run that ends at a[i] and b[j]; lengths_: the same for a[i - 1].
  void extend_runs(std::size_t i, const Range& range, Block& best) {
    for (const std::size_t j : places_of(a_[i])) {
      if (j < range.b_begin) continue;
      if (j >= range.b_end) break;
      const std::size_t run = lengths_[j] + 1;
      next_[j + 1] = run;
      next_written_.push_back(j + 1);
      if (run > best.size) best = {i + 1 - run, j + 1 - run, run};
    }
    clear(written_, lengths_);
    lengths_.swap(next_);
    written_.swap(next_written_);
  }

  static void clear(std::vector<std::size_t>& written, std::vector<std::size_t>& lengths) {
    for (const std::size_t place : written) lengths[place] = 0;
    written.clear();
  }

  std::string_view a_, b_;
  std::array<std::vector<std::size_t>, 256> places_;
  std::vector<std::size_t> lengths_, next_, written_, next_written_;
};

}  // namespace

double difflib_ratio(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1;
  BlockFinder finder(a, b);
  std::size_t matches = 0;
  std::vector<Range> ranges{{0, a.size(), 0, b.size()}};
  while (!ranges.empty()) {
    const Range range = ranges.back();
    ranges.pop_back();
    const Block block = finder.longest(range);
    if (block.size == 0) continue;
    matches += block.size;
    if (range.a_begin < block.a && range.b_begin < block.b)
      ranges.push_back({range.a_begin, block.a, range.b_begin, block.b});
    if (block.a + block.size < range.a_end && block.b + block.size < range.b_end)
      ranges.push_back({block.a + block.size, range.a_end, block.b + block.size, range.b_end});
  }
  return 2.0 * static_cast<double>(matches) / static_cast<double>(a.size() + b.size());
}

}  // namespace echofold::bench
