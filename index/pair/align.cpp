// Finds the alignment: a cheap look at every offered offset, then a full measurement at the best.
#include "index/pair/align.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <tuple>

#include "index/pair/measure.h"
#include "index/pair/overlap.h"
#include "index/pair/segments.h"
#include "index/simd/hamming.h"

namespace echofold {
namespace {

constexpr std::size_t least_overlap = 32;
constexpr std::size_t exhaustive_peaks = 8;

/// A look at one offset: plain bit errors over all items.
struct Look {
  std::int32_t offset = 0;
  std::size_t overlap = 0;
  double ber = 1;
  double corrected = 1;  // corrected as in Evidence, but from plain rates
  Blocks blocks;
  double weight = 0;    // how much of the tracks it explains
  bool is_peak = true;  // no worse than its neighbours
};

/// How much a look explains: many items with few errors. It is a sum over blocks, so that the two halves of an edit,
/// and an intro that another song follows, count for their own length. Because of the power, a true alignment that is a
/// little shorter wins over a repeat. Because of the root, short overlaps don't win by luck.
double weight_of(const Look& look) noexcept {
  const double shift = look.ber - look.corrected;  // the errors that come from the phase
  const double luck = 0.5 / std::sqrt(static_cast<double>(look.overlap));
  double weight = 0;
  for (const BlockErrors& block : look.blocks.errors) {
    const double corrected = std::max(0.0, block.ber() - shift);
    const double left = std::max(0.0, 1 - (corrected + luck) / 0.45);
    weight += block.items * left * left * left * left;
  }
  return weight;
}

bool better(const Look& x, const Look& y) noexcept {
  const auto rank = [](const Look& look) {
    return std::tuple(!look.is_peak, -look.weight, look.ber, std::abs(std::int64_t{look.offset}),
                      look.offset);
  };
  return rank(x) < rank(y);
}

/// The plain bit error rate of a track against itself one item later, mean of both tracks.
double plain_self_ber(Items a, Items b) {
  const auto rate = [](Items items) {
    if (items.size() < 2) return 0.0;
    const std::size_t n = items.size() - 1;
    return static_cast<double>(hamming_kernel().distance(items.data(), items.data() + 1, n)) /
           static_cast<double>(n * item_bits);
  };
  return (rate(a) + rate(b)) / 2;
}

/// Fills in `corrected` and `is_peak`. `looks` are sorted by offset.
void compare_with_neighbours(std::vector<Look>& looks, double self_ber) noexcept {
  for (std::size_t i = 0; i < looks.size(); ++i) {
    double neighbour = 1;
    const auto see = [&](const Look& other, bool wins_ties) {
      if (std::abs(other.offset - looks[i].offset) != 1) return;
      neighbour = std::min(neighbour, other.ber);
      if (other.ber < looks[i].ber || (other.ber == looks[i].ber && wins_ties)) looks[i].is_peak = false;
    };
    // Of two neighbours with equal rates, the one nearer to 0 is the peak.
    if (i > 0) see(looks[i - 1], looks[i].offset > 0);
    if (i + 1 < looks.size()) see(looks[i + 1], looks[i].offset < 0);
    looks[i].corrected =
        neighbour == 1 ? looks[i].ber : std::max(0.0, (looks[i].ber + neighbour - self_ber) / 2);
  }
}

Look look_at(Items a, Items b, std::int32_t offset) {
  Look look;
  look.offset = offset;
  look.overlap = overlap_at(a.size(), b.size(), offset).count;
  if (look.overlap == 0) return look;
  look.blocks = compare_blocks(a, b, offset);
  look.ber = static_cast<double>(look.blocks.bits) / static_cast<double>(look.overlap * item_bits);
  return look;
}

/// The offered offsets and their neighbours, as far as they have enough overlap, in order.
std::vector<std::int32_t> offsets_around(Items a, Items b, std::span<const std::int32_t> offsets) {
  constexpr std::int32_t farthest = std::numeric_limits<std::int32_t>::max() - 1;
  std::vector<std::int32_t> around;
  for (const std::int32_t offset : offsets)
    for (const std::int32_t step : {-1, 0, 1})
      around.push_back(std::clamp(offset, -farthest, farthest) + step);
  std::sort(around.begin(), around.end());
  around.erase(std::unique(around.begin(), around.end()), around.end());
  std::erase_if(around, [&](std::int32_t offset) {
    return overlap_at(a.size(), b.size(), offset).count < least_overlap;
  });
  return around;
}

std::vector<Look> look_around(Items a, Items b, std::span<const std::int32_t> offsets) {
  std::vector<Look> looks;
  for (const std::int32_t offset : offsets_around(a, b, offsets)) looks.push_back(look_at(a, b, offset));
  compare_with_neighbours(looks, plain_self_ber(a, b));
  for (Look& look : looks) look.weight = weight_of(look);
  return looks;
}

bool is_hopeless(const std::vector<Look>& looks, double hopeless_ber) noexcept {
  return std::none_of(looks.begin(), looks.end(),
                      [&](const Look& look) { return look.blocks.any_match() || look.ber <= hopeless_ber; });
}

Evidence measure_with_segments(Items a, Items b, const std::vector<Look>& looks, const Look& best) {
  Evidence evidence = measure(a, b, best.offset);
  std::vector<std::int32_t> others;
  for (const Look& look : looks)
    if (look.is_peak && look.blocks.any_match() && std::abs(look.offset - best.offset) > 2)
      others.push_back(look.offset);
  evidence.segments = find_segments(a, b, best.offset, others);
  return evidence;
}

/// Sets bits[k] for offsets `first + k`, k < count, which are all on one side of 0. The band kernel counts the items
/// that all of them overlap; the few items that only the offsets nearer to 0 overlap are added.
void band_bits(Items moving, Items fixed, std::size_t first, std::size_t count, std::uint64_t* bits) {
  const HammingKernel& kernel = hamming_kernel();
  const auto overlap = [&](std::size_t offset) {
    return offset >= moving.size() ? 0 : std::min(moving.size() - offset, fixed.size());
  };
  const std::size_t common = overlap(first + count - 1);
  kernel.band(fixed.data(), moving.data() + first, common, count, bits);
  for (std::size_t k = 0; k < count; ++k)
    bits[k] += kernel.distance(fixed.data() + common, moving.data() + first + k + common,
                               overlap(first + k) - common);
}

}  // namespace

std::vector<double> bit_error_rates(Items a, Items b, std::int32_t first, std::size_t count,
                                    std::size_t min_overlap) {
  std::vector<double> rates(count, 1.0);
  constexpr std::size_t group = 8;  // longer groups have more items outside the common overlap
  std::uint64_t bits[group];
  const auto offset_of = [&](std::size_t k) { return static_cast<std::int32_t>(first + std::int64_t(k)); };
  const auto overlap_of = [&](std::size_t k) { return overlap_at(a.size(), b.size(), offset_of(k)).count; };
  for (std::size_t k = 0, n = 0; k < count; k += n) {
    n = 1;
    if (overlap_of(k) == 0) continue;
    const bool right = offset_of(k) >= 0;
    while (n < group && k + n < count && overlap_of(k + n) > 0 && (offset_of(k + n) >= 0) == right) ++n;
    if (right)
      band_bits(a, b, static_cast<std::size_t>(offset_of(k)), n, bits);
    else {  // here the offset into b falls as the offset rises to 0
      band_bits(b, a, static_cast<std::size_t>(-std::int64_t{offset_of(k + n - 1)}), n, bits);
      std::reverse(bits, bits + n);
    }
    for (std::size_t i = 0; i < n; ++i)
      if (const std::size_t overlap = overlap_of(k + i); overlap >= std::max<std::size_t>(1, min_overlap))
        rates[k + i] = static_cast<double>(bits[i]) / static_cast<double>(overlap * item_bits);
  }
  return rates;
}

Evidence best_alignment(Items a, Items b, std::span<const std::int32_t> offsets, double hopeless_ber) {
  const std::vector<Look> looks = look_around(a, b, offsets);
  if (looks.empty()) return offsets.empty() ? Evidence{} : measure(a, b, offsets.front());
  const Look& best = *std::min_element(looks.begin(), looks.end(), better);
  if (is_hopeless(looks, hopeless_ber)) return measure_roughly(a, b, best.offset);
  return measure_with_segments(a, b, looks, best);
}

std::uint64_t items_looked_at(Items a, Items b, std::span<const std::int32_t> offsets) {
  std::uint64_t items = 0;
  for (const std::int32_t offset : offsets_around(a, b, offsets))
    items += overlap_at(a.size(), b.size(), offset).count;
  return items;
}

Evidence exhaustive_alignment(Items a, Items b, std::size_t min_overlap) {
  min_overlap = std::max<std::size_t>(1, min_overlap);
  if (a.size() < min_overlap || b.size() < min_overlap) return {};
  const auto first = static_cast<std::int32_t>(min_overlap) - static_cast<std::int32_t>(b.size());
  const std::size_t count = a.size() + b.size() - 2 * min_overlap + 1;
  const std::vector<double> rates = bit_error_rates(a, b, first, count, min_overlap);
  std::vector<Look> looks(count);
  for (std::size_t k = 0; k < count; ++k) {
    const auto offset = static_cast<std::int32_t>(first + std::int64_t(k));
    looks[k].offset = offset;
    looks[k].overlap = overlap_at(a.size(), b.size(), offset).count;
    looks[k].ber = rates[k];
  }
  compare_with_neighbours(looks, plain_self_ber(a, b));
  std::erase_if(looks, [](const Look& look) { return !look.is_peak; });
  for (Look& look : looks) {
    look.blocks = compare_blocks(a, b, look.offset);
    look.weight = weight_of(look);
  }
  const auto end = looks.begin() + static_cast<std::ptrdiff_t>(std::min(exhaustive_peaks, looks.size()));
  std::partial_sort(looks.begin(), end, looks.end(), better);
  looks.erase(end, looks.end());
  return measure_with_segments(a, b, looks, looks.front());
}

}  // namespace echofold
