// Measures along a line, and finds the best line by small steps.
//
// At another speed the place of an item in the other track lies anywhere between two items. A bit that agrees with one
// of these two may differ from the other because of the place alone, as in measure.cpp. So what counts is bits that
// agree with neither.
#include "index/pair/line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "index/pair/informative.h"
#include "index/pair/unmatched.h"
#include "index/simd/hamming.h"

namespace echofold {
namespace {

constexpr std::size_t block_items = 512;
// As in measure.cpp.
constexpr int contrast_nearest = 9;
constexpr int contrast_farthest = 100;
constexpr std::uint64_t contrast_min_items = 32;
constexpr std::size_t contrast_percentile = 5;
constexpr std::uint64_t window_min_items = 8;
constexpr double strip_ber_limit = 254;

// Refining looks at so many items of the overlap at most, spread evenly.
constexpr std::size_t refine_items = 1024;
constexpr std::size_t refine_min_items = 48;
constexpr double hopeless_ber = 0.40;  // at a voted line; other music has .43, the right line .35 and less

struct Track {
  Items items;
  std::vector<Item> mask;  // informative
};

Track track_of(Items items) { return {items, informative_mask(items)}; }

/// Errors of y's items against x, where y[j] lies at `at(j)` of x.
struct Errors {
  std::uint64_t items = 0;
  std::uint64_t apart = 0;  // bits of y[j] that agree with neither neighbour
  std::uint64_t near = 0;   // bits that differ from the nearer one
  std::uint64_t self = 0;   // bits in which the two neighbours differ

  void add(const Errors& other) noexcept {
    items += other.items;
    apart += other.apart;
    near += other.near;
    self += other.self;
  }
  double rate(std::uint64_t bits) const noexcept {
    return items == 0 ? 1 : static_cast<double>(bits) / (static_cast<double>(items) * item_bits);
  }
};

/// A place in items with 32 binary digits behind the point, so that all processors round alike.
struct Places {
  std::int64_t start = 0, step = 0;

  explicit Places(const Line& line)
      : start(std::llround(line.start_items * one)), step(std::llround(line.speed * one)) {}
  std::int64_t at(std::size_t j) const noexcept { return start + step * static_cast<std::int64_t>(j); }

  static constexpr double one = 4294967296.0;
};

/// The items of y that lie beside x[1] .. x[size - 3], without y's own first and last.
ItemRange range_beside(std::size_t size_x, std::size_t size_y, const Line& line) noexcept {
  if (size_x < 4 || size_y < 3) return {};
  const auto clamped = [&](double j) {
    return static_cast<std::size_t>(std::clamp(std::ceil(j), 1.0, static_cast<double>(size_y - 1)));
  };
  const ItemRange range{clamped(line.in_b(1.0) + 1e-6),
                        clamped(line.in_b(static_cast<double>(size_x - 2)) - 1e-6)};
  return range.to > range.from ? range : ItemRange{};
}

/// @param range  within range_beside()
Errors errors_along(const Track& x, const Track& y, const Line& line, const ItemRange& range,
                    std::size_t stride) {
  const HammingKernel& kernel = hamming_kernel();
  const Places places(line);
  static constexpr std::array<Item, block_items> zeros{};
  std::array<Item, block_items> apart, near, self;
  Errors errors;
  for (std::size_t j = range.from; j < range.to;) {
    std::size_t n = 0;
    for (; j < range.to && n < block_items; j += stride) {
      const std::int64_t place = places.at(j);
      const auto before = static_cast<std::size_t>(place >> 32);
      const std::size_t nearer = before + static_cast<std::size_t>(place >> 31 & 1);
      const Item left = x.items[before], right = x.items[before + 1], own = y.items[j];
      apart[n] = (own ^ left) & (own ^ right);
      near[n] = own ^ x.items[nearer];
      self[n] = left ^ right;
      n += (y.mask[j] & x.mask[nearer]) & 1;
    }
    errors.items += n;
    errors.apart += kernel.distance(apart.data(), zeros.data(), n);
    errors.near += kernel.distance(near.data(), zeros.data(), n);
    errors.self += kernel.distance(self.data(), zeros.data(), n);
  }
  return errors;
}

/// Finds the best line by moving its places at a quarter and at three quarters of the overlap.
class Refiner {
 public:
  Refiner(const Track& a, const Track& b, const Line& line) : a_(a), b_(b) {
    const ItemRange range = range_beside(a.items.size(), b.items.size(), line);
    stride_ = std::max<std::size_t>(1, range.count() / refine_items);
    const auto at = [&](double part) {
      return static_cast<double>(range.from) + part * static_cast<double>(range.count());
    };
    early_ = at(0.25);
    late_ = at(0.75);
    best_ = line;
    best_ber_ = ber_of(line);
  }

  RefinedLine run() {
    if (best_ber_ > hopeless_ber || late_ - early_ < 16) return {best_, best_ber_};
    for (const double step : {2.0, 1.0, 0.5, 0.25}) {
      constexpr int most_moves = 6;
      for (int moves = 0; moves < most_moves && move(step); ++moves) {
      }
    }
    return {best_, best_ber_};
  }

 private:
  double ber_of(const Line& line) const {
    const ItemRange range = range_beside(a_.items.size(), b_.items.size(), line);
    const Errors errors = errors_along(a_, b_, line, range, stride_);
    return errors.items < refine_min_items ? 1 : errors.rate(errors.apart);
  }

  /// @return  false if no neighbour is better
  bool move(double step) {
    bool better = false;
    const double y_early = best_.in_a(early_);
    constexpr std::array<std::array<int, 2>, 8> ways{
        {{1, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
    const Line from = best_;
    for (const auto& [early, late] : ways) {
      const double speed = from.speed + (late - early) * step / (late_ - early_);
      const Line line{y_early + early * step - speed * early_, speed};
      if (speed <= 0.5 || speed >= 2) continue;
      const double ber = ber_of(line);
      if (ber >= best_ber_) continue;
      best_ = line;
      best_ber_ = ber;
      better = true;
    }
    return better;
  }

  const Track &a_, &b_;
  std::size_t stride_ = 1;
  double early_ = 0, late_ = 0;
  Line best_;
  double best_ber_ = 1;
};

/// Both directions, for the part of the overlap where b's items are in `in_b`.
Errors both_ways(const Track& a, const Track& b, const Line& line, const ItemRange& in_b) {
  Errors errors = errors_along(a, b, line, in_b, 1);
  const Line back = line.exchanged();
  ItemRange in_a = range_beside(b.items.size(), a.items.size(), back);
  const auto bound = [&](std::size_t j) {
    return static_cast<std::size_t>(std::max(0.0, std::ceil(line.in_a(static_cast<double>(j)))));
  };
  in_a.from = std::max(in_a.from, bound(in_b.from));
  in_a.to = std::min(in_a.to, bound(in_b.to));
  if (in_a.from < in_a.to) errors.add(errors_along(b, a, back, in_a, 1));
  return errors;
}

double contrast_along(const Track& a, const Track& b, const Line& line, double ber) {
  std::vector<double> rates;
  for (int away = contrast_nearest; away <= contrast_farthest; ++away)
    for (const int side : {-1, 1}) {
      const Line beside{line.start_items + side * away, line.speed};
      const Errors errors =
          errors_along(a, b, beside, range_beside(a.items.size(), b.items.size(), beside), 1);
      if (errors.items >= contrast_min_items) rates.push_back(errors.rate(errors.near));
    }
  if (rates.empty()) return 0;
  const auto rank = static_cast<std::ptrdiff_t>(rates.size() * contrast_percentile / 100);
  std::nth_element(rates.begin(), rates.begin() + rank, rates.end());
  return rates[static_cast<std::size_t>(rank)] - ber;
}

void set_strip(Evidence& evidence, const Track& a, const Track& b, const Line& line, const ItemRange& range) {
  const double window_items = seconds_to_items(strip_window_s);
  const auto count = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(static_cast<double>(range.count()) / window_items)));
  std::size_t from = range.from;
  for (std::size_t w = 1; w <= count; ++w) {
    const std::size_t to =
        w == count ? range.to
                   : std::min(range.to, range.from + static_cast<std::size_t>(
                                                         std::lround(static_cast<double>(w) * window_items)));
    const Errors errors = both_ways(a, b, line, {from, to});
    const double value = errors.rate(errors.apart) / 0.5 * strip_ber_limit;
    evidence.strip.push_back(errors.items < 2 * window_min_items
                                 ? strip_unknown
                                 : static_cast<std::uint8_t>(std::lround(std::min(value, strip_ber_limit))));
    from = to;
  }
}

std::uint32_t silent_items(Items a, Items b, const Line& line, const ItemRange& range) noexcept {
  std::uint32_t silent = 0;
  const Places places(line);
  for (std::size_t j = range.from; j < range.to; ++j)
    silent += b[j] == silence_item || a[static_cast<std::size_t>(places.at(j) >> 32)] == silence_item;
  return silent;
}

void set_extent(Evidence& evidence, Items a, Items b, const Line& line, const ItemRange& in_b) {
  const auto place = [&](std::size_t j) {
    return std::min(a.size(),
                    static_cast<std::size_t>(std::max(0.0, std::round(line.in_a(static_cast<double>(j))))));
  };
  // What the range leaves out at its ends for the neighbours' sake is no rest.
  const ItemRange whole_b{in_b.from <= 1 ? 0 : in_b.from, in_b.to + 1 >= b.size() ? b.size() : in_b.to};
  ItemRange whole_a{place(whole_b.from), place(whole_b.to)};
  if (whole_a.from <= 2) whole_a.from = 0;
  if (whole_a.to + 3 >= a.size()) whole_a.to = a.size();
  evidence.overlap_items = static_cast<std::uint32_t>(whole_b.count());
  const double of_a = static_cast<double>(whole_a.count()) / static_cast<double>(a.size());
  const double of_b = static_cast<double>(whole_b.count()) / static_cast<double>(b.size());
  evidence.coverage_shorter = a.size() < b.size() ? of_a : of_b;
  evidence.coverage_longer = a.size() < b.size() ? of_b : of_a;
  set_unmatched(evidence, a, b, whole_a, whole_b);
}

}  // namespace

RefinedLine refined(Items a, Items b, const Line& line) {
  const Track track_a = track_of(a), track_b = track_of(b);
  return Refiner(track_a, track_b, line).run();
}

Evidence measure_along(Items a, Items b, const Line& line) {
  Evidence evidence;
  evidence.speed = line.speed;
  evidence.offset_items = static_cast<std::int32_t>(std::lround(line.start_items));
  evidence.phase_items = line.start_items - evidence.offset_items;
  evidence.short_ber = Evidence::not_measured;
  const ItemRange range = range_beside(a.size(), b.size(), line);
  if (range.count() == 0) return evidence;
  set_extent(evidence, a, b, line, range);
  evidence.silent_items = silent_items(a, b, line, range);
  const Track track_a = track_of(a), track_b = track_of(b);
  const Errors one_way = errors_along(track_a, track_b, line, range, 1);
  evidence.informative_items = static_cast<std::uint32_t>(one_way.items);
  const Errors errors = both_ways(track_a, track_b, line, range);
  if (errors.items == 0) return evidence;
  evidence.ber = errors.rate(errors.near);
  evidence.self_ber = errors.rate(errors.self);
  evidence.corrected_ber = errors.rate(errors.apart);
  evidence.contrast = contrast_along(track_a, track_b, line, one_way.rate(one_way.near));
  set_strip(evidence, track_a, track_b, line, range);
  return evidence;
}

}  // namespace echofold
