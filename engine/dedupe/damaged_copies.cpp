// Numbers of the evidence and of the two headers; docs/QUALITY.md says why these.
#include "engine/dedupe/damaged_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace echofold {
namespace {

constexpr double start_margin_s = 2.0;

/// All windows but the last one, in which the damaged file may break off.
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

}  // namespace

std::optional<Damaged> damaged_copy(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                    const Thresholds& thresholds) noexcept {
  if (a.quality.truncated == b.quality.truncated || !matches_from_the_start(evidence, thresholds))
    return std::nullopt;
  const std::int64_t offset = evidence.offset_items;
  if (is_damaged(a, b, a.item_count - offset)) return Damaged::a;
  if (is_damaged(b, a, b.item_count + offset)) return Damaged::b;
  return std::nullopt;
}

Judgement with_damaged_copy(const Judgement& judgement, const Evidence& evidence, const TrackRecord& a,
                            const TrackRecord& b, const Thresholds& thresholds) noexcept {
  const bool by_its_length =
      judgement.relation == Relation::edit || judgement.relation == Relation::insufficient;
  if (!by_its_length || !damaged_copy(evidence, a, b, thresholds)) return judgement;
  return {Relation::same_recording, Band::review, "damaged copy"};
}

std::string damaged_copy_text(const TrackRecord& damaged, const TrackRecord& whole) {
  return fmt::format("lacks the last {:.1f} s, the other copy is whole",
                     whole.properties.duration_s - damaged.properties.duration_s);
}

}  // namespace echofold
