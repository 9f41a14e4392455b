// See error_strip.h.
#include "index/pair/error_strip.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace echofold {
namespace {

constexpr double least_window_items = 8;   // a second
constexpr double whole_item_phase = 0.15;  // nearer than that to an item of b: only this item is compared

/// Sums of errors and bits before each item of a, so that any window takes two look-ups.
struct Sums {
  std::vector<std::uint64_t> wrong, bits;
};

/// The bits of `item` that agree with no item of b beside the place `j`. The caller checks that both are in b.
std::uint64_t wrong_bits(Item item, Items b, double j) noexcept {
  const auto below = static_cast<std::size_t>(j);
  const double phase = j - static_cast<double>(below);
  const Item first = item ^ b[below], second = below + 1 < b.size() ? item ^ b[below + 1] : first;
  const Item wrong = phase < whole_item_phase       ? first
                     : phase > 1 - whole_item_phase ? second
                                                    : first & second;
  return static_cast<std::uint64_t>(std::popcount(wrong));
}

Sums sums_of(Items a, Items b, const Line& line) {
  Sums sums{{0}, {0}};
  sums.wrong.reserve(a.size() + 1);
  sums.bits.reserve(a.size() + 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double j = line.in_b(static_cast<double>(i));
    const bool is_beside = j >= 0 && j < static_cast<double>(b.size());
    const bool is_silent =
        is_beside && a[i] == silence_item && b[static_cast<std::size_t>(j)] == silence_item;
    const bool counts = is_beside && !is_silent;
    sums.wrong.push_back(sums.wrong.back() + (counts ? wrong_bits(a[i], b, j) : 0));
    sums.bits.push_back(sums.bits.back() + (counts ? item_bits : 0));
  }
  return sums;
}

/// The index of an item of a that is nearest to a place, 0 .. size.
std::size_t index_in(double place, std::size_t size) noexcept {
  return static_cast<std::size_t>(std::clamp(std::round(place), 0.0, static_cast<double>(size)));
}

}  // namespace

std::size_t ErrorStrip::column_at(double a_s) const noexcept {
  if (columns.empty()) return 0;
  const double place = (a_s - begin_s) / column_s();
  return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(columns.size() - 1)));
}

double ErrorStrip::mean() const noexcept {
  double sum = 0;
  std::size_t count = 0;
  for (const double column : columns) {
    if (column == not_compared) continue;
    sum += column;
    ++count;
  }
  return count == 0 ? not_compared : sum / static_cast<double>(count);
}

ErrorStrip error_strip(Items a, Items b, const Line& line, std::size_t columns) {
  if (a.empty() || b.empty() || columns == 0) return {};
  const double begin = std::min(0.0, line.start_items);
  const double end = std::max(static_cast<double>(a.size()), line.in_a(static_cast<double>(b.size())));
  columns = std::min(columns, static_cast<std::size_t>(std::ceil(end - begin)));
  const Sums sums = sums_of(a, b, line);
  // An item begins where its sound begins and covers more than a hop: drawn over the whole length of the sound, it comes
  // to lie near the middle of what it covers.
  ErrorStrip strip{items_to_seconds(begin), items_to_seconds(end - 1) + item_span_s, {}};
  const double width = (end - begin) / static_cast<double>(columns);
  const double margin = std::max(0.0, (least_window_items - width) / 2);
  for (std::size_t c = 0; c < columns; ++c) {
    const double from = begin + width * static_cast<double>(c), to = from + width;
    const std::size_t own_first = index_in(from, a.size()), own_last = index_in(to, a.size());
    const bool is_compared = sums.bits[own_last] > sums.bits[own_first];
    const std::size_t first = index_in(from - margin, a.size()), last = index_in(to + margin, a.size());
    const auto bits = static_cast<double>(sums.bits[last] - sums.bits[first]);
    strip.columns.push_back(is_compared ? static_cast<double>(sums.wrong[last] - sums.wrong[first]) / bits
                                        : ErrorStrip::not_compared);
  }
  return strip;
}

}  // namespace echofold
