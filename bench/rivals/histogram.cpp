// See histogram.h.
#include "bench/rivals/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

namespace echofold::bench {
namespace {

constexpr int key_bits = 12;
constexpr double smoothing_items = 8;
constexpr double steep = 0.15;
constexpr double most_differing_bits = 10;
constexpr double alike_bits = 0.7;

std::uint32_t key_of_top(Item item) noexcept { return item >> (item_bits - key_bits); }

std::vector<std::vector<std::uint32_t>> places_by_key(Items items) {
  std::vector<std::vector<std::uint32_t>> places(std::size_t{1} << key_bits);
  for (std::size_t i = 0; i < items.size(); ++i)
    places[key_of_top(items[i])].push_back(static_cast<std::uint32_t>(i));
  return places;
}

/// Where b[0] lies in a, plus b.size(): the highest peak with at least two votes; the later one of equal peaks.
std::optional<std::size_t> best_offset(Items a, Items b) {
  const auto places = places_by_key(a);
  std::vector<std::uint32_t> votes(a.size() + b.size() + 1);
  for (std::size_t j = 0; j < b.size(); ++j)
    for (const std::uint32_t i : places[key_of_top(b[j])]) ++votes[i + b.size() - j];
  const auto best = std::max_element(votes.rbegin(), votes.rend());
  if (*best < 2) return std::nullopt;
  return static_cast<std::size_t>(votes.rend() - best) - 1;
}

/// The first and last values are repeated outwards.
std::vector<double> smoothed(const std::vector<double>& values) {
  constexpr std::ptrdiff_t reach = 3 * static_cast<std::ptrdiff_t>(smoothing_items);
  std::vector<double> weights;
  for (std::ptrdiff_t k = -reach; k <= reach; ++k)
    weights.push_back(std::exp(-static_cast<double>(k * k) / (2 * smoothing_items * smoothing_items)));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const std::ptrdiff_t last = std::ssize(values) - 1;
  std::vector<double> out;
  out.reserve(values.size());
  for (std::ptrdiff_t i = 0; i <= last; ++i) {
    double total = 0;
    for (std::ptrdiff_t k = -reach; k <= reach; ++k)
      total += weights.begin()[k + reach] * values.begin()[std::clamp(i + k, std::ptrdiff_t{0}, last)];
    out.push_back(total / sum);
  }
  return out;
}

/// Where stretches end: the local maxima of the slope, and the end of the curve.
std::vector<std::size_t> stretch_ends(const std::vector<double>& curve) {
  std::vector<double> slope(curve.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const std::size_t before = i == 0 ? 0 : i - 1, after = std::min(i + 1, curve.size() - 1);
    slope[i] =
        after == before ? 0 : std::abs(curve[after] - curve[before]) / static_cast<double>(after - before);
  }
  std::vector<std::size_t> ends;
  for (std::size_t i = 1; i + 1 < slope.size(); ++i)
    if (slope[i] > steep && slope[i] >= slope[i - 1] && slope[i] > slope[i + 1]) ends.push_back(i);
  ends.push_back(curve.size());
  return ends;
}

void add_or_join(std::vector<MatchedStretch>& found, const MatchedStretch& next) {
  if (!found.empty()) {
    MatchedStretch& last = found.back();
    const bool touches = last.from_a + last.count == next.from_a;
    if (touches && std::abs(last.differing_bits - next.differing_bits) < alike_bits) {
      const auto one = static_cast<double>(last.count), other = static_cast<double>(next.count);
      last.differing_bits = (last.differing_bits * one + next.differing_bits * other) / (one + other);
      last.count += next.count;
      return;
    }
  }
  found.push_back(next);
}

}  // namespace

std::vector<MatchedStretch> match_by_histogram(Items a, Items b) {
  const auto offset = best_offset(a, b);
  if (!offset) return {};
  const std::size_t from_a = *offset > b.size() ? *offset - b.size() : 0;
  const std::size_t from_b = *offset > b.size() ? 0 : b.size() - *offset;
  const std::size_t count = std::min(a.size() - from_a, b.size() - from_b);
  std::vector<double> differing(count);
  for (std::size_t i = 0; i < count; ++i) differing[i] = std::popcount(a[from_a + i] ^ b[from_b + i]);

  std::vector<MatchedStretch> found;
  std::size_t begin = 0;
  for (const std::size_t end : stretch_ends(smoothed(differing))) {
    const auto first = differing.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = differing.begin() + static_cast<std::ptrdiff_t>(end);
    const double mean = std::accumulate(first, last, 0.0) / static_cast<double>(end - begin);
    if (mean < most_differing_bits) add_or_join(found, {from_a + begin, from_b + begin, end - begin, mean});
    begin = end;
  }
  return found;
}

}  // namespace echofold::bench
