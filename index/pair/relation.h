// Judges the evidence of a pair: its relation, and what may be done about it.
#pragma once

#include <cstdint>
#include <string_view>

#include "index/model/evidence.h"
#include "index/pair/variant_line.h"

namespace echofold {

enum class Relation : std::uint8_t {
  same_recording,
  remaster,  ///< the same performance with another mastering; only listening tells (hearing.h)
  edit,
  version,
  insufficient,
  unrelated
};

/// Whether both are copies of one performance.
constexpr bool is_copy(Relation relation) noexcept {
  return relation == Relation::same_recording || relation == Relation::remaster;
}

enum class Band : std::uint8_t {
  automatic,  ///< printed as "auto"
  review,
  related,  ///< listed, never acted on
  none      ///< not listed
};

/// docs/THRESHOLDS.md has the experiment that set each, docs/MATCHING.md ("8. Judgement") what each does.
struct Thresholds {
  double auto_similarity = 0.98;
  double review_similarity = 0.95;
  double even_similarity = 0.94;        ///< as review_similarity, if every window of the strip is clean
  double related_corrected_ber = 0.30;  ///< above it a pair is unrelated, unless its contrast is high
  double min_contrast = 0.05;
  std::uint32_t min_informative = 100;
  std::uint32_t sure_informative = 200;     ///< with so many, contrast alone can show that a pair is related
  double window_ber = matching_window_ber;  ///< a window of the strip is clean up to this corrected BER
  double min_coverage_longer = 0.97;
  double max_unmatched_s = 6.0;      ///< copies may differ by so much audible rest at one end
  double edit_min_matched_s = 20.0;  ///< the matching parts of an edit have at least this length together
  double auto_window_ber = 0.08;     ///< no window of an `auto` pair is above this corrected BER
  double foreign_ber = 0.33;         ///< a window at an end above this corrected BER is other audio
  double replaced_ber = 0.41;        ///< windows inside with at least this mean corrected BER are other audio
  double max_cut_s = 10.0;           ///< more audible rest than this at one end makes an edit
  double auto_short_ber =
      0.05;  ///< no short run of an `auto` pair is more than this above twice the pair's BER
  double max_unknown_s = 5.0;  ///< so much of an `auto` pair may be neither compared nor alike (short_runs.h)
  double chance_coverage =
      0.5;  ///< below it, a match of too few informative items is chance, if the tracks have enough of them
  double max_speed_ber = 0.32;         ///< at another speed: corrected BER along the line
  double min_speed_contrast = 0.06;    ///< likewise
  double min_speed_coverage = 0.5;     ///< likewise, of the shorter track
  double max_variant_ber = 0.25;       ///< of a variant at the other track's speed; plain, not corrected
  double min_variant_contrast = 0.12;  ///< likewise
  bool operator==(const Thresholds&) const = default;
};

struct Judgement {
  Relation relation = Relation::unrelated;
  Band band = Band::none;
  std::string_view guard;  ///< why the band is not higher, e.g. "contrast"; empty when auto; static storage
  bool operator==(const Judgement&) const = default;
};

inline constexpr std::string_view guard_of_speed = "speed";  ///< one plays faster than the other

/// Pure: the same evidence and thresholds always give the same judgement.
///
/// If several guards apply, the first of these is named: "unmeasured" (an older version stored the evidence without
/// short runs), "informative", "contrast", "similarity", "window" (a window of the strip is above auto_window_ber, or
/// two in a row are not clean), "short" (a run of a few items differs), "segments" (parts are at other offsets),
/// "unknown" (held or nearly silent sound can't be compared), "coverage" (audible rest at an end). Copies at another speed
/// are always for review, by the guard "speed".
Judgement judge(const Evidence& evidence, const Thresholds& thresholds = {}) noexcept;

/// The same for two tracks that a listener calls the same: without the doubts about the sound ("unmeasured",
/// "similarity", "window", "short", "unknown"). The others stay, also where a doubt about the sound hides them in
/// judge(). Users who ask for a higher auto_similarity than the default are still asked below it.
Judgement judge_heard_alike(const Evidence& evidence, const Thresholds& thresholds = {}) noexcept;

/// Whether a variant of one track is more like the other track than different music is by chance.
bool is_a_match(const VariantMatch& match, const Thresholds& thresholds) noexcept;

/// Whether judge_heard_alike() leaves out this guard.
bool is_doubt_about_sound(std::string_view guard) noexcept;

/// "same_recording", ...; "auto", "review", "related", "none".
std::string_view name_of(Relation relation) noexcept;
std::string_view name_of(Band band) noexcept;

}  // namespace echofold
