// Compares figures of the evidence and of the two headers; docs/QUALITY.md gives the reasons.
#include "engine/dedupe/damaged_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/dedupe/levels.h"

namespace echofold {
namespace {

constexpr double start_margin_s = 2.0;

/// True if all windows match except the last one, in which the damaged file may break off.
bool all_windows_match(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  const std::size_t count = evidence.strip.empty() ? 0 : evidence.strip.size() - 1;
  return std::all_of(evidence.strip.begin(), evidence.strip.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](std::uint8_t value) {
                       return value == strip_unknown || strip_ber(value) <= thresholds.window_ber;
                     });
}

bool matches_from_the_start(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return evidence.informative_items >= thresholds.min_informative &&
         evidence.similarity() >= thresholds.review_similarity &&
         std::abs(evidence.offset_s()) <= start_margin_s && evidence.unmatched_head_s <= start_margin_s &&
         evidence.segments.empty() && all_windows_match(evidence, thresholds);
}

bool header_agrees(const TrackRecord& damaged, const TrackRecord& whole) noexcept {
  constexpr double margin_s = 3.0, margin_share = 0.02;
  const double claimed_s = damaged.quality.header_duration_s;
  return claimed_s <= 0 ||
         std::abs(claimed_s - whole.properties.duration_s) <= std::max(margin_s, margin_share * claimed_s);
}

/// @param end_items  where the damaged one ends in the time of the whole one
bool is_damaged(const TrackRecord& damaged, const TrackRecord& whole, std::int64_t end_items) noexcept {
  return damaged.quality.truncated && !whole.quality.truncated && end_items < whole.item_count &&
         damaged.properties.duration_s < whole.properties.duration_s && header_agrees(damaged, whole);
}

/// The value of a window in which only one side is silent for most of it (Evidence::strip).
constexpr std::uint8_t one_side_silent = 254;

/// An item covers 2.6 s: those at the edges of a hole cover some of it.
constexpr double hole_margin_s = 3.0;

/// True if all windows that do not match lie at the hole, and one of them is silent on one side.
bool only_hole_differs(const Evidence& evidence, double from_s, double to_s, const Thresholds& thresholds) {
  const double start_s = items_to_seconds(std::max(evidence.offset_items, 0));
  bool any_silent = false;
  for (std::size_t i = 0; i < evidence.strip.size(); ++i) {
    const std::uint8_t value = evidence.strip[i];
    if (value == strip_unknown || strip_ber(value) <= thresholds.window_ber) continue;
    const double window_s = start_s + static_cast<double>(i) * strip_window_s;
    if (window_s + strip_window_s + hole_margin_s < from_s || window_s - hole_margin_s > to_s) return false;
    any_silent = any_silent || value == one_side_silent;
  }
  return any_silent;
}

bool matches_end_to_end(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return evidence.informative_items >= thresholds.min_informative && evidence.segments.empty() &&
         evidence.similarity() >= thresholds.review_similarity &&
         std::max(evidence.unmatched_head_s, evidence.unmatched_tail_s) <= thresholds.max_unmatched_s;
}

bool has_silent_window(const Evidence& evidence) noexcept {
  return std::ranges::count(evidence.strip, one_side_silent) > 0;
}

}  // namespace

std::optional<Damaged> copy_with_hole(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                      const Thresholds& thresholds) {
  if (evidence.has_other_speed() || !has_silent_window(evidence) || !matches_end_to_end(evidence, thresholds))
    return std::nullopt;
  const LevelDifference found =
      compare_levels(a.quality.level_curve, b.quality.level_curve, evidence.offset_s());
  const bool in_a = is_damage(found.in_a), in_b = is_damage(found.in_b);
  if (in_a == in_b) return std::nullopt;
  const Dropout& hole = in_a ? found.in_a : found.in_b;
  const double from_s = hole.from_s + (in_a ? 0 : evidence.offset_s());
  if (!only_hole_differs(evidence, from_s, from_s + hole.length_s, thresholds)) return std::nullopt;
  return in_a ? Damaged::a : Damaged::b;
}

std::optional<Damaged> damaged_copy(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                    const Thresholds& thresholds) noexcept {
  if (evidence.has_other_speed() || a.quality.truncated == b.quality.truncated ||
      !matches_from_the_start(evidence, thresholds))
    return std::nullopt;
  const std::int64_t offset = evidence.offset_items;
  if (is_damaged(a, b, a.item_count - offset)) return Damaged::a;
  if (is_damaged(b, a, b.item_count + offset)) return Damaged::b;
  return std::nullopt;
}

Judgement with_damaged_copy(const Judgement& judgement, const Evidence& evidence, const TrackRecord& a,
                            const TrackRecord& b, const Thresholds& thresholds) {
  const bool by_its_length =
      judgement.relation == Relation::edit || judgement.relation == Relation::insufficient;
  if (by_its_length && damaged_copy(evidence, a, b, thresholds))
    return {Relation::same_recording, Band::review, "damaged copy"};
  const bool by_its_windows = judgement.relation == Relation::edit || judgement.relation == Relation::version;
  if (by_its_windows && copy_with_hole(evidence, a, b, thresholds))
    return {Relation::same_recording, Band::review, "hole"};
  return judgement;
}

std::string damaged_copy_text(const TrackRecord& damaged, const TrackRecord& whole) {
  return fmt::format("lacks the last {:.1f} s, the other copy is whole",
                     whole.properties.duration_s - damaged.properties.duration_s);
}

}  // namespace echofold
