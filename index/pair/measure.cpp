// Measures one aligned pair. All sums are whole bits and are divided once, so every kernel gives the same doubles.
#include "index/pair/measure.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "index/pair/informative.h"
#include "index/pair/overlap.h"
#include "index/pair/short_runs.h"
#include "index/pair/unmatched.h"
#include "index/simd/hamming.h"

namespace echofold {
namespace {

// The contrast uses offsets that are this far away: near enough to overlap, too far to cover the same 2.6 s.
constexpr std::int32_t contrast_nearest = 9;
constexpr std::int32_t contrast_farthest = 100;
constexpr std::uint64_t contrast_min_items = 32;
constexpr std::size_t contrast_percentile = 5;
constexpr std::uint64_t contrast_min_matching =
    100;  // of a part that matches, as Thresholds::min_informative

// A window with fewer informative items (1 s) says nothing.
constexpr std::uint64_t window_min_items = 8;
constexpr std::uint8_t strip_ber_limit = 254;  // stands for a bit error rate of .5 and more

struct Pair {
  Items a, b;
  std::vector<Item> mask_a, mask_b;
  const HammingKernel& kernel;
};

/// Differing bits of the informative items of a stretch, at the offset and at its neighbours.
///
/// If b[j] is at a[i], "next" is the offset one higher: b[j-1] is at a[i], and b[j] at a[i+1]. Both are counted, and so
/// are the differences within a track: b[j-1] to b[j], and a[i] to a[i+1]. A bit of a[i] that differs from b[j] only
/// because the two start at different parts of an item equals that of b[j-1]. So 2 * here + next - self_next is four
/// times the number of bits that agree with neither side.
struct Sums {
  std::uint64_t lone_silence = 0;  // places where one of the two is silent, informative or not
  std::uint64_t of_items = 0;      // all places, informative or not
  std::uint64_t items = 0, here = 0;
  std::uint64_t next = 0, self_next = 0;          // each the sum of two counts
  std::uint64_t previous = 0, self_previous = 0;  // each the sum of two counts

  void add(const Sums& other) noexcept {
    items += other.items;
    here += other.here;
    next += other.next;
    self_next += other.self_next;
    previous += other.previous;
    self_previous += other.self_previous;
  }
};

/// @param i, j, n  items a[i .. i + n) and b[j .. j + n), each with a neighbour on both sides
Sums sum_up(const Pair& pair, std::size_t i, std::size_t j, std::size_t n) noexcept {
  const Item* a = pair.a.data() + i;
  const Item* b = pair.b.data() + j;
  const auto bits = [&](const Item* x, const Item* y) {
    return pair.kernel.masked(x, y, pair.mask_a.data() + i, pair.mask_b.data() + j, n);
  };
  const simd::MaskedCount here = bits(a, b);
  Sums sums;
  sums.items = here.items;
  sums.here = here.bits;
  sums.of_items = n;
  for (std::size_t k = 0; k < n; ++k) sums.lone_silence += (a[k] == silence_item) != (b[k] == silence_item);
  if (sums.items == 0) return sums;
  sums.next = bits(a, b - 1).bits + bits(a + 1, b).bits;
  sums.self_next = bits(b - 1, b).bits + bits(a, a + 1).bits;
  sums.previous = bits(a, b + 1).bits + bits(a - 1, b).bits;
  sums.self_previous = bits(b, b + 1).bits + bits(a - 1, a).bits;
  return sums;
}

/// Whether the true alignment is on the side of the next offset: that of the better neighbour.
bool next_is_better(const Sums& sums) noexcept { return sums.next <= sums.previous; }

/// Four times the number of bits that no shift explains. Never negative: see Sums.
std::uint64_t unexplained(const Sums& sums, bool next) noexcept {
  return next ? 2 * sums.here + sums.next - sums.self_next
              : 2 * sums.here + sums.previous - sums.self_previous;
}

std::uint8_t strip_value(const Sums& sums, bool next) noexcept {
  if (2 * sums.lone_silence > sums.of_items) return strip_ber_limit;  // one of the two is muted here
  if (sums.items < window_min_items) return strip_unknown;
  const std::uint64_t whole = std::uint64_t{4} * item_bits * sums.items;
  return static_cast<std::uint8_t>(std::min<std::uint64_t>(
      strip_ber_limit, (2 * std::uint64_t{strip_ber_limit} * unexplained(sums, next) + whole / 2) / whole));
}

/// One 8 s window: items from .. to - 1 of the overlap.
struct Window {
  std::size_t from = 0, to = 0;
  Sums sums;
};

/// A last window of less than half the length is part of the one before.
std::vector<Window> sum_windows(const Pair& pair, const Overlap& overlap) {
  const double window_items = seconds_to_items(strip_window_s);
  const auto count =
      std::max<std::int64_t>(1, std::llround(static_cast<double>(overlap.count) / window_items));
  std::vector<Window> windows;
  std::size_t from = 1;  // the first and the last item of the overlap lack a neighbour
  for (std::int64_t w = 1; w <= count; ++w) {
    const auto end = static_cast<std::size_t>(std::llround(static_cast<double>(w) * window_items));
    const std::size_t to = w == count ? overlap.count - 1 : std::min(end, overlap.count - 1);
    windows.push_back({from, to, sum_up(pair, overlap.first_a + from, overlap.first_b + from, to - from)});
    from = to;
  }
  return windows;
}

void set_errors(Evidence& evidence, const Sums& all, const std::vector<Window>& windows) {
  evidence.informative_items = static_cast<std::uint32_t>(all.items);
  if (all.items == 0) return;
  const bool next = next_is_better(all);
  const double bits = static_cast<double>(all.items) * item_bits;
  evidence.ber = static_cast<double>(all.here) / bits;
  evidence.self_ber = static_cast<double>(next ? all.self_next : all.self_previous) / (2 * bits);
  evidence.corrected_ber = static_cast<double>(unexplained(all, next)) / (4 * bits);
  if (evidence.self_ber > 0) {
    const double part = (evidence.ber - evidence.corrected_ber) / evidence.self_ber;
    evidence.phase_items = (next ? 1 : -1) * std::clamp(part, 0.0, 0.5);
  }
  evidence.strip.clear();
  for (const Window& window : windows) evidence.strip.push_back(strip_value(window.sums, next));
}

void set_short_runs(Evidence& evidence, const Pair& pair, const Overlap& overlap, bool next) {
  const ShortRuns runs = measure_short_runs(pair.a, pair.b, overlap, pair.mask_a, pair.mask_b, next);
  evidence.short_ber = runs.worst_ber;
  evidence.short_item = runs.worst_item;
  evidence.unknown_items = runs.unknown_items;
}

/// Adds the bit error rate of the informative items at another offset, if there are enough of them in both.
void add_rate(const Pair& pair, std::int32_t offset, std::vector<double>& rates) {
  const Overlap at = overlap_at(pair.a.size(), pair.b.size(), offset);
  if (at.count < contrast_min_items) return;
  const simd::MaskedCount wrong =
      pair.kernel.masked(pair.a.data() + at.first_a, pair.b.data() + at.first_b,
                         pair.mask_a.data() + at.first_a, pair.mask_b.data() + at.first_b, at.count);
  if (wrong.items < contrast_min_items) return;
  rates.push_back(static_cast<double>(wrong.bits) / (static_cast<double>(wrong.items) * item_bits));
}

/// @param ber  of the pair's informative items at the offset of `evidence`
double contrast_at(const Pair& pair, const Evidence& evidence, double ber) {
  std::vector<double> rates;
  rates.reserve(std::size_t{2} * (contrast_farthest - contrast_nearest + 1));
  for (std::int32_t away = contrast_nearest; away <= contrast_farthest; ++away) {
    add_rate(pair, evidence.offset_items - away, rates);
    add_rate(pair, evidence.offset_items + away, rates);
  }
  if (rates.empty()) return 0;
  const auto rank = static_cast<std::ptrdiff_t>(rates.size() * contrast_percentile / 100);
  std::nth_element(rates.begin(), rates.begin() + rank, rates.end());
  return rates[static_cast<std::size_t>(rank)] - ber;
}

/// Where a part matches and the rest is other audio, the rest says nothing about the part: its errors are high
/// at every offset. So the contrast of such a pair is that of the matching windows.
double contrast_of(Pair& pair, const Evidence& evidence, const Overlap& overlap,
                   const std::vector<Window>& windows) {
  if (evidence.informative_items == 0) return 0;
  Sums matching;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (evidence.strip[w] != strip_unknown && strip_ber(evidence.strip[w]) <= matching_window_ber)
      matching.add(windows[w].sums);
  }
  const bool partly = matching.items >= contrast_min_matching && matching.items < evidence.informative_items;
  if (!partly) return contrast_at(pair, evidence, evidence.ber);
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (evidence.strip[w] != strip_unknown && strip_ber(evidence.strip[w]) <= matching_window_ber) continue;
    const auto first = pair.mask_a.begin() + static_cast<std::ptrdiff_t>(overlap.first_a);
    std::fill(first + static_cast<std::ptrdiff_t>(windows[w].from),
              first + static_cast<std::ptrdiff_t>(windows[w].to), Item{0});
  }
  return contrast_at(pair, evidence,
                     static_cast<double>(matching.here) / (static_cast<double>(matching.items) * item_bits));
}

std::uint32_t silent_items(Items a, Items b, const Overlap& overlap) noexcept {
  std::uint32_t silent = 0;
  for (std::size_t k = 0; k < overlap.count; ++k)
    silent += a[overlap.first_a + k] == silence_item || b[overlap.first_b + k] == silence_item;
  return silent;
}

/// Sets the plain rate over all items, without a correction: for pairs without informative items.
void set_plain_error(Evidence& evidence, Items a, Items b, const Overlap& overlap) {
  const std::uint64_t bits =
      hamming_kernel().distance(a.data() + overlap.first_a, b.data() + overlap.first_b, overlap.count);
  evidence.ber = static_cast<double>(bits) / (static_cast<double>(overlap.count) * item_bits);
  evidence.corrected_ber = evidence.ber;
}

}  // namespace

Evidence measure_roughly(Items a, Items b, std::int32_t offset_items) {
  Evidence evidence;
  evidence.offset_items = offset_items;
  const Overlap overlap = overlap_at(a.size(), b.size(), offset_items);
  if (overlap.count == 0) return evidence;
  evidence.overlap_items = static_cast<std::uint32_t>(overlap.count);
  const auto share = [&](std::size_t size) {
    return static_cast<double>(overlap.count) / static_cast<double>(size);
  };
  evidence.coverage_shorter = share(std::min(a.size(), b.size()));
  evidence.coverage_longer = share(std::max(a.size(), b.size()));
  set_plain_error(evidence, a, b, overlap);
  return evidence;
}

Evidence measure(Items a, Items b, std::int32_t offset_items) {
  Evidence evidence = measure_roughly(a, b, offset_items);
  if (evidence.overlap_items == 0) return evidence;
  const Overlap overlap = overlap_at(a.size(), b.size(), offset_items);
  evidence.silent_items = silent_items(a, b, overlap);
  set_unmatched(evidence, a, b, {overlap.first_a, overlap.first_a + overlap.count},
                {overlap.first_b, overlap.first_b + overlap.count});
  if (overlap.count < 3) return evidence;  // no item with neighbours on both sides
  Pair pair{a, b, informative_mask(a), informative_mask(b), hamming_kernel()};
  const std::vector<Window> windows = sum_windows(pair, overlap);
  evidence.strip.assign(windows.size(), strip_unknown);
  Sums all;
  for (const Window& window : windows) all.add(window.sums);
  set_errors(evidence, all, windows);
  set_short_runs(evidence, pair, overlap, next_is_better(all));
  evidence.contrast = contrast_of(pair, evidence, overlap, windows);
  return evidence;
}

}  // namespace echofold
