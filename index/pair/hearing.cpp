// The order of the tests: what can't be judged, other sound, other mastering.
#include "index/pair/hearing.h"

#include <algorithm>

namespace echofold {
namespace {

/// The strongest burst comes first.
double strength_of(const Heard& heard) noexcept {
  return heard.bursts.empty() ? 0 : heard.bursts.front().strength;
}

std::string_view other_mastering(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  if (heard.channels == HeardChannels::a_is_mono || heard.channels == HeardChannels::b_is_mono) return "mono";
  if (std::max(heard.gain_drop_db, heard.gain_rise_db) > thresholds.max_gain_change_db) return "gain";
  return heard.equaliser_db > thresholds.max_equaliser_db ? "equaliser" : "";
}

}  // namespace

HearingJudgement judge(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  if (!heard.lined_up) return {Hearing::unclear, "not_lined_up"};
  if (heard.compared_s < thresholds.least_compared_s) return {Hearing::unclear, "short"};
  if (heard.residual > thresholds.max_residual) return {Hearing::differs, "residual"};
  if (heard.treble_residual > thresholds.max_treble_residual &&
      heard.treble_difference_db > thresholds.max_treble_difference_db)
    return {Hearing::differs, "treble"};
  if (heard.channels == HeardChannels::differ) return {Hearing::differs, "channels"};
  if (heard.channels == HeardChannels::swapped) return {Hearing::differs, "swapped"};
  if (strength_of(heard) > thresholds.burst_strength) return {Hearing::differs, "burst"};
  const std::string_view mastering = other_mastering(heard, thresholds);
  return mastering.empty() ? HearingJudgement{Hearing::same, ""}
                           : HearingJudgement{Hearing::remaster, mastering};
}

Judgement with_hearing(const Judgement& by_fingerprints, const Evidence& evidence, const Heard& heard,
                       const Thresholds& thresholds) noexcept {
  const Judgement& before = by_fingerprints;
  const bool counts =
      is_copy(before.relation) && (before.band == Band::automatic || before.band == Band::review);
  if (!counts) return before;
  switch (judge(heard).hearing) {
    case Hearing::same:
      return is_doubt_about_sound(before.guard) ? judge_heard_alike(evidence, thresholds) : before;
    case Hearing::remaster:
      return {Relation::remaster, Band::review, guard_of_hearing};
    case Hearing::differs:
    case Hearing::unclear:
      break;
  }
  return {before.relation, Band::review, before.band == Band::automatic ? guard_of_hearing : before.guard};
}

std::string_view name_of(Hearing hearing) noexcept {
  switch (hearing) {
    case Hearing::same:
      return "same";
    case Hearing::remaster:
      return "remaster";
    case Hearing::differs:
      return "differs";
    case Hearing::unclear:
      break;
  }
  return "unclear";
}

}  // namespace echofold
