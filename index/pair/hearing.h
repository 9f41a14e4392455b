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
  double burst_strength = 1;             ///< a stronger burst is other sound
  double mastered_burst_strength = 2.2;  ///< likewise where range or equaliser show another mastering
  double max_residual =
      0.18;  ///< more that is no part of the other copy, on the median, is another performance
  double max_treble_residual = 0.8;       ///< more above 4.5 kHz is made up by a codec, or other sound:
  double max_treble_difference_db = 2.5;  ///< a codec keeps the levels of what it makes up
  double max_equaliser_db = 2.5;          ///< bands of a copy spread less
  double max_gain_change_db = 2.8;        ///< the level of a copy changes less
  double max_bass_db = 2;                 ///< a codec keeps the bass
  double max_width_db = 3;       ///< and what left and right do not share, unless its rate is very low
  double max_range_db = 1.25;    ///< the peaks of a copy stand out like those of the other
  double max_level_slope = 0.2;  ///< a codec keeps loud and soft as far apart as they are
  double least_compared_s = 2;
  double least_equal_share =
      0.95;  ///< of the compared time, in which a decoded copy has its source's samples
  double least_equal_bit_rate = 0.75;  ///< what such a copy needs, as a part of the lossy file's bit rate
  double least_rounded_s = 5;          ///< of nothing but rounding
  double least_decoded_s = 10;         ///< shorter copies prove nothing
  bool operator==(const HearingThresholds&) const = default;
};

struct HearingJudgement {
  Hearing hearing = Hearing::unclear;
  /// Why: "burst", "residual", "treble", "channels", "swapped"; "mono", "fade", "gain", "range", "equaliser", "width"; "not_lined_up", "short".
  /// Empty for same. Static storage.
  std::string_view reason;
  bool operator==(const HearingJudgement&) const = default;
};

/// Pure: the same measurements and thresholds always give the same judgement.
HearingJudgement judge(const Heard& heard, const HearingThresholds& thresholds = {}) noexcept;

/// Whether bass, treble or the bands below 3 kHz were changed by more than codecs do.
bool has_other_equaliser(const Heard& heard, const HearingThresholds& thresholds = {}) noexcept;
/// Whether a lossless file is nothing but what the lossy one beside it decodes to. Both have the same samples to rounding.
/// And either there is the error of rounding and no other one for some seconds, or the lossy file has too few bits to have
/// been made from the lossless one and to come that close.
/// @param lossy_kbps  of the lossy one of the two; 0: not known
bool is_proved_decode(const Heard& heard, double lossy_kbps,
                      const HearingThresholds& thresholds = {}) noexcept;

/// The guard of a pair that only the ear takes out of `auto`.
inline constexpr std::string_view guard_of_hearing = "heard";

/// Whether listening can change what the fingerprints say: they call the two copies, or a version that a strong
/// equaliser or compressor may have made.
bool is_worth_hearing(const Judgement& by_fingerprints, const Evidence& evidence) noexcept;

/// What a pair is, once both were listened to. Judgements for which is_worth_hearing() is false are returned as they
/// are.
///
/// - Veto: copies that a listener would tell apart, or that could not be lined up, are asked about.
/// - Remaster: the same performance with another mastering is a relation of its own, and asked about. So is a version
///   of which the ear finds nothing but another mastering; any other version stays one.
/// - Rescue: where fingerprints doubt the sound and the ear does not, judge_heard_alike() decides.
///
/// @param by_fingerprints  before titles and lengths are looked at: these guards come after listening
/// @param evidence, thresholds  that made it
Judgement with_hearing(const Judgement& by_fingerprints, const Evidence& evidence, const Heard& heard,
                       const Thresholds& thresholds) noexcept;

/// "same", "remaster", "differs", "unclear".
std::string_view name_of(Hearing hearing) noexcept;

}  // namespace echofold
