// Finds stretches that match, block by block.
#include "index/pair/segments.h"

#include <algorithm>
#include <tuple>

#include "index/pair/overlap.h"
#include "index/simd/hamming.h"

namespace echofold {
namespace {

// A block matches up to a bit error rate of 1/4. A shift of half an item and a poor codec stay below .1; two different
// tracks rarely come below 1/4 (docs/THRESHOLDS.md, "The copies of B").
constexpr unsigned match_bits_per_item = 8;
constexpr unsigned least_block_items = match_block_items / 2;
constexpr std::size_t least_segment_items = 96;  // 12 s
constexpr std::size_t most_segments = 8;

/// The items of one block of a that are inside the overlap.
struct Stretch {
  std::size_t from = 0, to = 0;
};

Stretch stretch_of(const Overlap& overlap, std::size_t block) noexcept {
  return {std::max(overlap.first_a, block * match_block_items),
          std::min(overlap.first_a + overlap.count, (block + 1) * match_block_items)};
}

/// Which items of both tracks are already in a run.
class Taken {
 public:
  Taken(std::size_t size_a, std::size_t size_b) : a_(size_a, 0), b_(size_b, 0) {}

  void take(const Segment& segment) noexcept {
    const auto [in_a, in_b] = places(segment);
    std::fill_n(in_a, segment.count_items, std::uint8_t{1});
    std::fill_n(in_b, segment.count_items, std::uint8_t{1});
  }

  bool mostly_free(const Segment& segment) noexcept {
    const auto [in_a, in_b] = places(segment);
    const auto taken = std::max(std::count(in_a, in_a + segment.count_items, 1),
                                std::count(in_b, in_b + segment.count_items, 1));
    return 2 * taken < static_cast<std::ptrdiff_t>(segment.count_items);
  }

 private:
  std::pair<std::uint8_t*, std::uint8_t*> places(const Segment& segment) noexcept {
    return {a_.data() + segment.from_item,
            b_.data() + (std::int64_t{segment.from_item} - segment.offset_items)};
  }

  std::vector<std::uint8_t> a_, b_;
};

/// All runs of matching blocks at one offset. Blocks for which `keep` is false are left out.
template <class Keep>
std::vector<Segment> runs_at(Items a, Items b, std::int32_t offset, Keep keep) {
  const Blocks blocks = compare_blocks(a, b, offset);
  const Overlap overlap = overlap_at(a.size(), b.size(), offset);
  std::vector<Segment> runs;
  bool open = false;
  for (std::size_t k = 0; k < blocks.errors.size(); ++k) {
    const auto [from, to] = stretch_of(overlap, blocks.first + k);
    const Segment block{offset, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
    const bool matches = blocks.errors[k].matches() && keep(block);
    if (matches && open)
      runs.back().count_items += block.count_items;
    else if (matches)
      runs.push_back(block);
    open = matches;
  }
  return runs;
}

}  // namespace

bool BlockErrors::matches() const noexcept {
  return items >= least_block_items && bits <= match_bits_per_item * items;
}

bool Blocks::any_match() const noexcept {
  return std::any_of(errors.begin(), errors.end(), [](const BlockErrors& block) { return block.matches(); });
}

Blocks compare_blocks(Items a, Items b, std::int32_t offset_items) {
  Blocks result;
  const Overlap overlap = overlap_at(a.size(), b.size(), offset_items);
  if (overlap.count == 0) return result;
  const HammingKernel& kernel = hamming_kernel();
  result.first = overlap.first_a / match_block_items;
  const std::size_t last = (overlap.first_a + overlap.count - 1) / match_block_items;
  result.errors.reserve(last - result.first + 1);
  for (std::size_t block = result.first; block <= last; ++block) {
    const auto [from, to] = stretch_of(overlap, block);
    const std::size_t n = to - from;
    const std::uint64_t bits =
        kernel.distance(a.data() + from, b.data() + (from - overlap.first_a + overlap.first_b), n);
    result.bits += bits;
    result.errors.push_back({static_cast<std::uint16_t>(n), static_cast<std::uint16_t>(bits)});
  }
  return result;
}

std::vector<Segment> find_segments(Items a, Items b, std::int32_t main,
                                   std::span<const std::int32_t> others) {
  if (others.empty()) return {};
  Taken taken(a.size(), b.size());
  for (const Segment& run : runs_at(a, b, main, [](const Segment&) { return true; })) taken.take(run);
  std::vector<Segment> found;
  for (const std::int32_t offset : others)
    for (const Segment& run : runs_at(a, b, offset, [&](const Segment& s) { return taken.mostly_free(s); }))
      if (run.count_items >= least_segment_items) found.push_back(run);
  std::sort(found.begin(), found.end(), [](const Segment& x, const Segment& y) {
    return std::tuple(y.count_items, x.offset_items, x.from_item) <
           std::tuple(x.count_items, y.offset_items, y.from_item);
  });
  std::vector<Segment> kept;
  for (const Segment& run : found) {
    if (kept.size() == most_segments) break;
    if (!taken.mostly_free(run)) continue;
    taken.take(run);
    kept.push_back(run);
  }
  return kept;
}

}  // namespace echofold
