// What the evidence of a pair means, and what may be done about it.
#pragma once

#include <cstdint>
#include <string_view>

#include "index/model/evidence.h"

namespace echofold {

enum class Relation : std::uint8_t { same_recording, edit, version, insufficient, unrelated };
enum class Band : std::uint8_t {
  automatic,  ///< printed as "auto"
  review,
  related,  ///< listed, never acted on
  none      ///< not even listed
};

/// docs/THRESHOLDS.md has the experiment that set each, docs/MATCHING.md ("8. Judgement") what it does.
struct Thresholds {
  double auto_similarity = 0.98;
  double review_similarity = 0.95;
  double even_similarity = 0.94;        ///< as review_similarity, where every window of the strip is clean
  double related_corrected_ber = 0.30;  ///< above it a pair is unrelated, unless its contrast says otherwise
  double min_contrast = 0.05;
  std::uint32_t min_informative = 100;
  std::uint32_t sure_informative = 200;     ///< from here on contrast alone tells related from unrelated
  double window_ber = matching_window_ber;  ///< a window of the strip is clean up to this corrected BER
  double min_coverage_longer = 0.97;
  double max_unmatched_s = 6.0;      ///< audible rest at one end that two copies may differ in
  double edit_min_matched_s = 20.0;  ///< matching parts of an edit are at least this long in all
  double auto_window_ber = 0.08;     ///< no window of an `auto` pair is above this corrected BER
  double foreign_ber = 0.33;         ///< a window at an end above this corrected BER holds other audio
  double replaced_ber = 0.41;        ///< and so do windows inside, if this is their mean
  double max_cut_s = 10.0;           ///< more audible rest than this at one end makes an edit
  double auto_short_ber =
      0.05;                    ///< no short run of an `auto` pair is this far above twice the pair's own BER
  double max_unknown_s = 5.0;  ///< of an `auto` pair so much may be neither compared nor alike (short_runs.h)
  double chance_coverage =
      0.5;  ///< below it too few informative items are chance, between tracks that have enough
  bool operator==(const Thresholds&) const = default;
};

struct Judgement {
  Relation relation = Relation::unrelated;
  Band band = Band::none;
  std::string_view guard;  ///< why the band is not higher, e.g. "contrast"; empty when auto; static storage
  bool operator==(const Judgement&) const = default;
};

/// Pure: the same evidence and thresholds always give the same judgement.
///
/// Guards, in the order in which they are named: "informative", "contrast", "similarity", "window" (a window of the
/// strip is above auto_window_ber, or two in a row are not clean), "short" (a run of a few items differs), "segments"
/// (parts lie at other offsets), "unknown" (what is held or hardly there can't be compared), "coverage" (audible rest
/// at an end); "unmeasured" before all of them for evidence that an older version stored without short runs.
Judgement judge(const Evidence& evidence, const Thresholds& thresholds = {}) noexcept;

/// "same_recording", ...; "auto", "review", "related", "none".
std::string_view name_of(Relation relation) noexcept;
std::string_view name_of(Band band) noexcept;

}  // namespace echofold
