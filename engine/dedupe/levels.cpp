// Compares windows of half a second; docs/QUALITY.md has the experiment behind each threshold.
#include "engine/dedupe/levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace echofold {
namespace {

using Curve = std::span<const std::uint8_t>;

constexpr double nothing_db = -127;
constexpr double audible_db = -60;          // the noise of tapes, dither and low bit rates lies below
constexpr double below_loud_db = 45;        // in a loud recording what is this far down is not audible either
constexpr double near_loud_db = 12;         // windows that show the gain between two copies
constexpr std::size_t fewest_windows = 10;  // 5 s

constexpr double least_depth_db = 4;  // encoders differ by 2 dB at most
constexpr double depths_a_spread = 6;
constexpr double widest_spread_db = 12;  // a larger difference is not a treatment of the whole track
constexpr double drum_over_music = 8;    // 9 dB

constexpr double moved_share = 0.4;
constexpr double aligned_share = 0.02;  // of a window: 10 ms

constexpr double sudden_db = 10;    // a fade falls by less from one window to the next
constexpr double short_fade_s = 3;  // two copies may differ by this much at their ends
constexpr double damage_depth_db = 15, damage_s = 1.0;

constexpr double faint_db = 24;        // four bits of each sample: masters of one recording differ by less
constexpr double loud_quantile = 0.9;  // of the windows: the level that the music reaches, without its pauses

double power(std::uint8_t value) noexcept {
  return value == level_silent ? 0 : std::pow(10.0, level_db(value) / 10);
}
double decibels(double power) noexcept {
  return power > 0 ? std::max(nothing_db, 10 * std::log10(power)) : nothing_db;
}

/// b laid over the windows of a. Window i of the overlap is a's window first_a + i and, apart from `share` of a
/// window, b's window first_b + i.
struct Overlay {
  Curve a, b;
  std::size_t first_a = 0, first_b = 0, count = 0;
  double share = 0;  ///< 0 .. 1: how much of b's next window lies in a's

  double level_a(std::size_t i) const noexcept { return decibels(power(a[first_a + i])); }
  double level_b(std::size_t i) const noexcept {
    return decibels((1 - share) * power(b[first_b + i]) + share * power(b[first_b + i + 1]));
  }
  /// The level that a must at least have in a window: that of b's window over it without the slice that lies in another
  /// window of a, which may be as loud as a drum.
  double least_level_b(std::size_t i) const noexcept {
    const bool early = share < 0.5;  // the slice is the beginning of b's window, else the end of the next one
    const std::size_t at = first_b + i + (early ? 0 : 1);
    if (is_aligned()) return decibels(power(b[at]));
    const double beside =
        early ? (at > 0 ? power(b[at - 1]) : 0) : (at + 1 < b.size() ? power(b[at + 1]) : 0);
    const double slice = std::min(share, 1 - share) * drum_over_music * std::max(power(b[at]), beside);
    return decibels(power(b[at]) - slice);
  }
  /// The power of the windows of b that lie within these of a, whatever the share. 0 for a run of one.
  double power_within(std::size_t from, std::size_t to) const noexcept {
    double sum = 0;
    for (std::size_t i = from + 1; i < to; ++i) sum += power(b[first_b + i]);
    return sum;
  }
  double power_of_a(std::size_t from, std::size_t to) const noexcept {
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += power(a[first_a + i]);
    return sum;
  }
  bool is_aligned() const noexcept { return std::min(share, 1 - share) < aligned_share; }
};

/// Leaves out the last window of each, which may not be whole.
std::optional<Overlay> lay(Curve a, Curve b, double offset_s) {
  if (a.size() < fewest_windows || b.size() < fewest_windows || !std::isfinite(offset_s)) return std::nullopt;
  const double windows = -offset_s / level_window_s;  // where a begins in b
  if (std::abs(windows) > static_cast<double>(a.size() + b.size())) return std::nullopt;
  const double whole = std::floor(windows + 1e-6);
  const auto shift = static_cast<std::ptrdiff_t>(whole);
  Overlay out{a, b};
  out.share = std::max(0.0, windows - whole);
  out.first_a = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, -shift));
  out.first_b = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, shift));
  if (out.first_a + 2 >= a.size() || out.first_b + 2 >= b.size()) return std::nullopt;
  out.count = std::min(a.size() - 1 - out.first_a, b.size() - 2 - out.first_b);
  if (out.count < fewest_windows) return std::nullopt;
  return out;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Both copies over their overlap, in dB.
struct Levels {
  std::vector<double> a, b;
  double loud_a = 0, loud_b = 0;

  explicit Levels(const Overlay& overlay) {
    for (std::size_t i = 0; i < overlay.count; ++i) {
      a.push_back(overlay.level_a(i));
      b.push_back(overlay.level_b(i));
    }
    loud_a = percentile(a, 0.95);
    loud_b = percentile(b, 0.95);
  }

  static bool is_audible(double level, double loud) noexcept {
    return level > std::max(audible_db, loud - below_loud_db);
  }
  bool is_loud(std::size_t i) const noexcept {
    return a[i] > loud_a - near_loud_db && b[i] > loud_b - near_loud_db;
  }

  /// How much louder a is than b where both are loud. A hole in either does not count.
  double gain_db() const {
    std::vector<double> of_loud, of_all;
    for (std::size_t i = 0; i < a.size(); ++i) {
      of_all.push_back(a[i] - b[i]);
      if (is_loud(i)) of_loud.push_back(a[i] - b[i]);
    }
    return percentile(of_loud.size() >= fewest_windows ? of_loud : of_all, 0.5);
  }
};

/// How far the copies lie apart in windows [from, end): the 90th percentile over stretches of two seconds. In these it
/// matters little how the windows of the copies overlap.
double spread_of_part_db(const Levels& levels, double gain_db, std::size_t from, std::size_t end) {
  constexpr std::size_t together = 4;
  std::vector<double> apart;
  for (std::size_t i = from; i + together <= end; ++i) {
    double a = 0, b = 0;
    for (std::size_t j = i; j < i + together; ++j) {
      a += std::pow(10.0, levels.a[j] / 10);
      b += std::pow(10.0, levels.b[j] / 10);
    }
    a = decibels(a / together);
    b = decibels(b / together);
    if (!Levels::is_audible(a, levels.loud_a) && !Levels::is_audible(b, levels.loud_b)) continue;
    const double difference = std::abs(a - b - gain_db);
    if (difference <= widest_spread_db) apart.push_back(difference);
  }
  return percentile(apart, 0.9);
}

/// How far the copies normally lie apart: the median of up to five parts of the overlap. So a hole or a fade in some of
/// them does not raise its own threshold.
double spread_db(const Levels& levels, double gain_db) {
  constexpr std::size_t most_parts = 5, fewest_of_part = 20;  // 10 s
  const std::size_t count = levels.a.size();
  const std::size_t parts = std::clamp<std::size_t>(count / fewest_of_part, 1, most_parts);
  std::vector<double> spreads;
  for (std::size_t part = 0; part < parts; ++part)
    spreads.push_back(spread_of_part_db(levels, gain_db, count * part / parts, count * (part + 1) / parts));
  return percentile(spreads, 0.5);
}

/// Looks for holes in a.
class Search {
 public:
  Search(const Overlay& overlay, const Levels& levels, double gain_db, double spread_db)
      : overlay_(overlay),
        levels_(levels),
        gain_db_(gain_db),
        depth_db_(std::max(least_depth_db, depths_a_spread * spread_db)) {}

  Dropout worst() const {
    Dropout worst;
    std::uint32_t holes = 0;
    for (std::size_t i = 0; i < overlay_.count;) {
      std::size_t end = i;
      while (end < overlay_.count && below_b(end) >= depth_db_) ++end;
      if (end == i) {
        ++i;
        continue;
      }
      if (const Dropout hole = hole_of(i, end); hole.found()) {
        ++holes;
        if (weight(hole) > weight(worst)) worst = hole;
      }
      i = end;
    }
    worst.holes = holes;
    return worst;
  }

 private:
  static double weight(const Dropout& hole) noexcept { return hole.length_s * (hole.fade ? 0.1 : 1); }

  /// How far a lies below the level expected from b; 0 if b is not audible.
  double below_b(std::size_t i) const noexcept {
    if (!Levels::is_audible(levels_.b[i], levels_.loud_b)) return 0;
    return levels_.b[i] + gain_db_ - levels_.a[i];
  }

  /// If the windows are not aligned, a note at a border may be in one window of a and in the next one of b. That can't
  /// happen to sound inside a run of windows: a must have its power.
  bool is_proved(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (overlay_.least_level_b(i) + gain_db_ - levels_.a[i] >= depth_db_) return true;
    if (to - from > 1 && missing_db(from, to) >= depth_db_) return true;
    return from > 0 && to < overlay_.count && missing_db(from - 1, to + 1) >= depth_db_ / 2;
  }

  double missing_db(std::size_t from, std::size_t to) const {
    return decibels(overlay_.power_within(from, to)) + gain_db_ - decibels(overlay_.power_of_a(from, to));
  }

  /// True if what is missing here is in the neighbouring windows: a note at their border, not a hole.
  bool moved_beside(std::size_t from, std::size_t to) const {
    double missing = 0, beside = 0;
    for (std::size_t i = from; i < to; ++i) missing += surplus(i, -1);
    if (from > 0) beside += surplus(from - 1, 1);
    if (to < overlay_.count) beside += surplus(to, 1);
    return beside > moved_share * missing;
  }

  /// The power that a has more (sign 1) or less (-1) than expected from b.
  double surplus(std::size_t i, int sign) const {
    const double a = std::pow(10.0, levels_.a[i] / 10), b = std::pow(10.0, (levels_.b[i] + gain_db_) / 10);
    return std::max(0.0, sign * (a - b));
  }

  /// Copies begin and end a little earlier or later: a short gap there is not a hole.
  bool is_trimmed_end(std::size_t from, std::size_t to) const noexcept {
    return to - from <= 2 && (from < 2 || to + 2 > overlay_.count);
  }

  Dropout hole_of(std::size_t from, std::size_t to) const {
    Dropout hole;
    if (!is_proved(from, to) || moved_beside(from, to) || is_trimmed_end(from, to)) return hole;
    std::vector<double> depths, levels;
    hole.silent = true;
    for (std::size_t i = from; i < to; ++i) {
      depths.push_back(below_b(i));
      levels.push_back(levels_.a[i]);
      hole.silent = hole.silent && overlay_.a[overlay_.first_a + i] == level_silent;
    }
    hole.from_s = static_cast<double>(overlay_.first_a + from) * level_window_s;
    const std::size_t behind = overlay_.a.size() - overlay_.first_a - to;  // not compared
    hole.length_s = static_cast<double>(to - from + (behind <= 2 ? behind : 0)) * level_window_s;
    hole.level_db = percentile(levels, 0.5);
    hole.depth_db = percentile(depths, 0.5);
    hole.fade = is_fade(from, to);
    return hole.fade && hole.length_s <= short_fade_s ? Dropout{} : hole;
  }

  /// True if it reaches one end of the overlap, and the level changes step by step.
  bool is_fade(std::size_t from, std::size_t to) const {
    const bool begins = from == 0, ends = to == overlay_.count;
    if (begins == ends) return false;
    double before = 0;
    for (std::size_t n = 0; n < to - from; ++n) {
      const double depth = below_b(ends ? from + n : to - 1 - n);
      if (n < 4 && depth - before > sudden_db) return false;
      before = depth;
    }
    return true;
  }

  const Overlay& overlay_;
  const Levels& levels_;
  double gain_db_, depth_db_;
};

Dropout holes_in_first(Curve a, Curve b, double offset_s) {
  const auto overlay = lay(a, b, offset_s);
  if (!overlay) return {};
  const Levels levels(*overlay);
  const double gain = levels.gain_db();
  return Search(*overlay, levels, gain, spread_db(levels, gain)).worst();
}

std::string time_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

/// The level that the loudest tenth of the windows reaches. The curve may not be empty.
double loudness_db(Curve curve) {
  std::vector<std::uint8_t> values(curve.begin(), curve.end());  // the smaller the louder
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>((1 - loud_quantile) * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at == level_silent ? nothing_db : level_db(*at);
}

}  // namespace

LevelDifference compare_levels(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                               double offset_s) {
  return {holes_in_first(a, b, offset_s), holes_in_first(b, a, -offset_s)};
}

bool is_damage(const Dropout& dropout) noexcept {
  return dropout.found() && !dropout.fade && dropout.length_s >= damage_s &&
         dropout.depth_db >= damage_depth_db;
}

std::string dropout_text(const Dropout& dropout) {
  constexpr double silent_db = -90, low_db = -55, long_s = 3;
  const std::string what = dropout.silent || dropout.level_db <= silent_db ? "is silent"
                           : dropout.level_db <= low_db
                               ? fmt::format("drops to {:.0f} dB", dropout.level_db)
                               : fmt::format("is {:.0f} dB quieter", dropout.depth_db);
  std::string text =
      dropout.length_s >= long_s
          ? fmt::format("{} for {:.0f} s at {}", what, dropout.length_s, time_text(dropout.from_s))
          : fmt::format("{} for {:.1f} s at {}", what, dropout.length_s, time_text(dropout.from_s));
  if (dropout.holes > 1)
    text += fmt::format(" and at {} other place{}", dropout.holes - 1, dropout.holes == 2 ? "" : "s");
  return text;
}

std::vector<std::string> level_doubts(const TrackRecord& keeper, const TrackRecord& loser, double offset_s) {
  const LevelDifference found =
      compare_levels(keeper.quality.level_curve, loser.quality.level_curve, offset_s);
  std::vector<std::string> doubts;
  if (found.in_a.found()) doubts.push_back("the other " + dropout_text(found.in_a));
  if (found.in_b.found() && !found.in_b.fade) doubts.push_back("it " + dropout_text(found.in_b));
  const Curve stays = keeper.quality.level_curve, goes = loser.quality.level_curve;
  if (stays.empty() || goes.empty()) return doubts;
  if (const double louder_db = loudness_db(goes) - loudness_db(stays); louder_db >= faint_db)
    doubts.push_back(fmt::format("the other is {:.0f} dB quieter throughout", louder_db));
  return doubts;
}

Dropout hole_at(const TrackRecord& keeper, const TrackRecord& loser, double offset_s, double keeper_s) {
  const LevelDifference found =
      compare_levels(keeper.quality.level_curve, loser.quality.level_curve, offset_s);
  const auto covers = [](const Dropout& hole, double at_s) {
    constexpr double margin_s = 1;
    return hole.found() && at_s > hole.from_s - margin_s && at_s < hole.from_s + hole.length_s + margin_s;
  };
  if (covers(found.in_a, keeper_s)) return found.in_a;
  return covers(found.in_b, keeper_s - offset_s) && !found.in_b.fade ? found.in_b : Dropout{};
}

}  // namespace echofold
