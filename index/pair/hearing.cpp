// The order of the tests: what can't be judged, other sound, other mastering.
#include "index/pair/hearing.h"

#include <algorithm>
#include <cmath>

namespace echofold {
namespace {

/// The strongest burst comes first.
double strength_of(const Heard& heard) noexcept {
  return heard.bursts.empty() ? 0 : heard.bursts.front().strength;
}

bool has_other_range(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  return std::abs(heard.range_db) > thresholds.max_range_db ||
         std::abs(heard.level_slope) > thresholds.max_level_slope;
}

std::string_view other_mastering(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  if (heard.channels == HeardChannels::a_is_mono || heard.channels == HeardChannels::b_is_mono) return "mono";
  if (heard.fade_in_s != 0 || heard.fade_out_s != 0) return "fade";
  if (std::max(heard.gain_drop_db, heard.gain_rise_db) > thresholds.max_gain_change_db) return "gain";
  if (has_other_range(heard, thresholds)) return "range";
  if (has_other_equaliser(heard, thresholds)) return "equaliser";
  return std::abs(heard.width_db) > thresholds.max_width_db ? "width" : "";
}

/// A compressor changes levels from moment to moment, more than any codec does.
double burst_limit(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  return has_other_range(heard, thresholds) || has_other_equaliser(heard, thresholds)
             ? thresholds.mastered_burst_strength
             : thresholds.burst_strength;
}

/// A voice over quiet music looks like a compressor, too; so a version is a remaster only without any burst.
bool is_only_mastered(const Heard& heard) noexcept {
  return judge(heard).hearing == Hearing::remaster &&
         strength_of(heard) <= HearingThresholds{}.burst_strength;
}

bool is_asked_or_moved(const Judgement& judgement) noexcept {
  return is_copy(judgement.relation) && (judgement.band == Band::automatic || judgement.band == Band::review);
}

constexpr Judgement listed_for_its_speed{Relation::version, Band::related, guard_of_speed};

/// Where the tempo alone was changed, or another performance is as fast, both may meet at their beats, but the sound of
/// one is not that of the other.
bool is_another_performance(const Heard& heard) noexcept {
  const std::string_view reason = judge(heard).reason;
  return reason == "not_lined_up" || reason == "residual";
}

/// A codec that keeps little of the treble fills it with noise, louder or softer than it was.
double max_treble_db(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  constexpr double kept_residual = 0.1, db_for_each = 6;  // docs/THRESHOLDS.md, "Listening"
  return thresholds.max_equaliser_db + db_for_each * std::max(0.0, heard.treble_residual - kept_residual);
}

}  // namespace

bool has_other_equaliser(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  // Where the spectrum of one ends earlier, a codec took the treble.
  constexpr double same_end = 0.9;
  const bool same_ends =
      std::min(heard.limit_a_hz, heard.limit_b_hz) >= same_end * std::max(heard.limit_a_hz, heard.limit_b_hz);
  return heard.equaliser_db > thresholds.max_equaliser_db ||
         std::abs(heard.bass_db) > thresholds.max_bass_db ||
         (same_ends && std::abs(heard.treble_db) > max_treble_db(heard, thresholds));
}

HearingJudgement judge(const Heard& heard, const HearingThresholds& thresholds) noexcept {
  if (!heard.lined_up) return {Hearing::unclear, "not_lined_up"};
  if (heard.compared_s < thresholds.least_compared_s) return {Hearing::unclear, "short"};
  if (heard.residual > thresholds.max_residual) return {Hearing::differs, "residual"};
  if (heard.treble_residual > thresholds.max_treble_residual &&
      heard.treble_difference_db > thresholds.max_treble_difference_db)
    return {Hearing::differs, "treble"};
  if (heard.channels == HeardChannels::differ) return {Hearing::differs, "channels"};
  if (heard.channels == HeardChannels::swapped) return {Hearing::differs, "swapped"};
  if (strength_of(heard) > burst_limit(heard, thresholds)) return {Hearing::differs, "burst"};
  const std::string_view mastering = other_mastering(heard, thresholds);
  return mastering.empty() ? HearingJudgement{Hearing::same, ""}
                           : HearingJudgement{Hearing::remaster, mastering};
}

bool is_worth_hearing(const Judgement& by_fingerprints, const Evidence& evidence) noexcept {
  if (is_asked_or_moved(by_fingerprints)) return true;
  constexpr double least_similarity = 0.88;
  return by_fingerprints.relation == Relation::version && evidence.similarity() >= least_similarity;
}

bool is_proved_decode(const Heard& heard, double lossy_kbps, const HearingThresholds& thresholds) noexcept {
  if (judge(heard, thresholds).hearing != Hearing::same || heard.compared_s < thresholds.least_decoded_s ||
      heard.equal_s < thresholds.least_equal_share * heard.compared_s)
    return false;
  return heard.rounded_s >= thresholds.least_rounded_s ||
         (lossy_kbps > 0 && heard.equal_kbps >= thresholds.least_equal_bit_rate * lossy_kbps);
}

Judgement with_hearing(const Judgement& by_fingerprints, const Evidence& evidence, const Heard& heard,
                       const Thresholds& thresholds) noexcept {
  const Judgement& before = by_fingerprints;
  const Judgement remaster{Relation::remaster, Band::review, guard_of_hearing};
  if (!is_worth_hearing(before, evidence)) return before;
  if (!is_asked_or_moved(before)) return is_only_mastered(heard) ? remaster : before;
  if (evidence.has_other_speed()) return is_another_performance(heard) ? listed_for_its_speed : before;
  switch (judge(heard).hearing) {
    case Hearing::same:
      return is_doubt_about_sound(before.guard) ? judge_heard_alike(evidence, thresholds) : before;
    case Hearing::remaster:
      return remaster;
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
