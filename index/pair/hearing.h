// Judges what was heard of a pair: whether a listener would call both the same.
#pragma once

#include <cstdint>
#include <string_view>

#include "index/model/heard.h"
#include "index/pair/relation.h"

namespace echofold {

enum class Hearing : std::uint8_t {
  same,      ///< nothing that a listener would tell apart, beyond what codecs do
  remaster,  ///< the same performance with another equaliser, other dynamics or fewer channels
  differs,   ///< a moment, a voice, a part or a channel is other sound
  unclear    ///< both could not be lined up or are too short: the ear says nothing
};

/// docs/THRESHOLDS.md ("Listening") has the experiment that set each.
struct HearingThresholds {
  double burst_strength = 1;  ///< a stronger burst is other sound
  double max_residual =
      0.18;  ///< more that is no part of the other copy, on the median, is another performance
  double max_treble_residual = 0.8;       ///< more above 4.5 kHz is made up by a codec, or other sound:
  double max_treble_difference_db = 2.5;  ///< a codec keeps the levels of what it makes up
  double max_equaliser_db = 2.5;          ///< bands of a copy spread less
  double max_gain_change_db = 2.8;        ///< the level of a copy changes less
  double least_compared_s = 2;
  bool operator==(const HearingThresholds&) const = default;
};

struct HearingJudgement {
  Hearing hearing = Hearing::unclear;
  /// Why: "burst", "residual", "treble", "channels", "swapped"; "mono", "equaliser", "gain"; "not_lined_up", "short".
  /// Empty for same. Static storage.
  std::string_view reason;
  bool operator==(const HearingJudgement&) const = default;
};

/// Pure: the same measurements and thresholds always give the same judgement.
HearingJudgement judge(const Heard& heard, const HearingThresholds& thresholds = {}) noexcept;

/// The guard of a pair that only the ear takes out of `auto`.
inline constexpr std::string_view guard_of_hearing = "heard";

/// What copies are, once they were listened to. Other judgements are returned as they are.
///
/// - Veto: copies that a listener would tell apart, or that could not be lined up, are asked about.
/// - Remaster: the same performance with another mastering is a relation of its own, and asked about.
/// - Rescue: where fingerprints doubt the sound and the ear does not, judge_heard_alike() decides.
///
/// @param by_fingerprints  before titles and lengths are looked at: these guards come after listening
/// @param evidence, thresholds  that made it
Judgement with_hearing(const Judgement& by_fingerprints, const Evidence& evidence, const Heard& heard,
                       const Thresholds& thresholds) noexcept;

/// "same", "remaster", "differs", "unclear".
std::string_view name_of(Hearing hearing) noexcept;

}  // namespace echofold
