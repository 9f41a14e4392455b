// Turns the numbers of the evidence into a judgement. Every threshold is in Thresholds (docs/THRESHOLDS.md).
#include "index/pair/relation.h"

#include <algorithm>
#include <array>

namespace echofold {
namespace {

/// Counts of the windows of the strip whose BER is known.
struct Windows {
  std::size_t clean = 0;    // the same audio
  std::size_t altered = 0;  // recognisably derived: a voice less, an instrument more
  std::size_t foreign = 0;  // other audio
  double worst_ber = 0;
  std::size_t dirty_run = 0;    // the longest run of windows that are not clean
  double dirty_run_ber = 0;     // the mean BER of this run
  bool dirty_run_ends = false;  // this run reaches one end of the overlap, or both

  std::size_t known() const noexcept { return clean + altered + foreign; }
};

Windows count_windows(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  Windows windows;
  std::size_t run = 0, run_end = 0;
  double run_ber = 0;
  for (const std::uint8_t value : evidence.strip) {
    if (value == strip_unknown) continue;
    const double ber = strip_ber(value);
    const bool clean = ber <= thresholds.window_ber;
    (clean ? windows.clean : ber <= thresholds.foreign_ber ? windows.altered : windows.foreign) += 1;
    windows.worst_ber = std::max(windows.worst_ber, ber);
    run = clean ? 0 : run + 1;
    run_ber = clean ? 0 : run_ber + ber;
    if (run <= windows.dirty_run) continue;
    windows.dirty_run = run;
    windows.dirty_run_ber = run_ber / static_cast<double>(run);
    run_end = windows.known();
  }
  windows.dirty_run_ends = run_end == windows.dirty_run || run_end == windows.known();
  return windows;
}

double matched_s(const Evidence& evidence, const Windows& windows) noexcept {
  double seconds = static_cast<double>(windows.clean) * strip_window_s;
  for (const Segment& segment : evidence.segments) seconds += items_to_seconds(segment.count_items);
  return seconds;
}

double longest_rest_s(const Evidence& evidence) noexcept {
  return std::max(evidence.unmatched_head_s, evidence.unmatched_tail_s);
}

bool covers(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return evidence.coverage_longer >= thresholds.min_coverage_longer ||
         longest_rest_s(evidence) <= thresholds.max_unmatched_s;
}

/// What the evidence lacks for a judgement; empty if nothing.
std::string_view lacks(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  if (evidence.informative_items < thresholds.min_informative) return "informative";
  // A loop repeats within the offsets of the contrast: there only the best similarity says something.
  const bool best = evidence.similarity() >= thresholds.auto_similarity;
  return evidence.contrast < thresholds.min_contrast && !best ? "contrast" : "";
}

/// Two tracks with enough sound for a judgement, of which less than half overlaps: some seconds are similar by chance.
bool is_chance(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  const double shorter_items = evidence.overlap_items / evidence.coverage_shorter;
  return evidence.coverage_shorter < thresholds.chance_coverage &&
         shorter_items >= thresholds.min_informative;
}

/// A version has a step in its strip. A pair that differs evenly from end to end is one recording, mastered anew.
double least_similarity(const Windows& windows, const Thresholds& thresholds) noexcept {
  const bool even = windows.clean == windows.known();
  return even ? std::min(thresholds.even_similarity, thresholds.review_similarity)
              : thresholds.review_similarity;
}

/// The whole overlap is alike, except for a moment: a muted word, or another sound. The errors that encoders make in a
/// moment grow with the errors that they make in the whole.
bool differs_for_a_moment(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return !(evidence.short_ber - 2 * evidence.corrected_ber <= thresholds.auto_short_ber);
}

/// Whether a listener has settled what fingerprints doubt about the sound.
enum class Ear : std::uint8_t { not_asked, alike };

/// A user who asks for a higher similarity than the default wants to be asked below it, whatever the ear says.
bool is_too_different(const Evidence& evidence, const Thresholds& thresholds, Ear ear) noexcept {
  const bool is_wanted = ear == Ear::not_asked || thresholds.auto_similarity > Thresholds{}.auto_similarity;
  // Written so that a NaN fails the guard.
  return !(evidence.similarity() >= (is_wanted ? thresholds.auto_similarity : 0));
}

/// Judges two tracks that match in their whole overlap, or in all but one window of it.
Judgement judge_same(const Evidence& evidence, const Thresholds& thresholds, const Windows& windows,
                     Ear ear) noexcept {
  const bool doubts = ear == Ear::not_asked;
  std::string_view guard;
  if (!covers(evidence, thresholds)) guard = "coverage";
  if (doubts && !(evidence.unknown_s() <= thresholds.max_unknown_s)) guard = "unknown";
  if (!evidence.segments.empty()) guard = "segments";
  if (doubts && differs_for_a_moment(evidence, thresholds)) guard = "short";
  if (doubts && windows.worst_ber > thresholds.auto_window_ber) guard = "window";
  if (is_too_different(evidence, thresholds, ear)) guard = "similarity";
  if (!(evidence.contrast >= thresholds.min_contrast)) guard = "contrast";
  if (doubts && evidence.short_ber == Evidence::not_measured) guard = "unmeasured";
  return {Relation::same_recording, guard.empty() ? Band::automatic : Band::review, guard};
}

/// Whether parts of the tracks are one recording, and audible rest is not.
bool is_edit(const Evidence& evidence, const Thresholds& thresholds, const Windows& windows) noexcept {
  if (matched_s(evidence, windows) < thresholds.edit_min_matched_s) return false;
  if (longest_rest_s(evidence) > thresholds.max_cut_s && windows.altered <= windows.clean) return true;
  if (windows.dirty_run < 2) return false;
  if (!evidence.segments.empty()) return true;
  // A loud voice over the music hides nearly all of it, but not all; and it rarely fills one end.
  return windows.dirty_run_ends ? windows.foreign >= 2 && windows.foreign >= windows.altered
                                : windows.dirty_run_ber >= thresholds.replaced_ber;
}

/// Different music can have a BER as low as `related_corrected_ber` because of a short overlap, or of notes that both
/// hold. In both cases the BER is as low at offsets some seconds away.
bool is_alike(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return evidence.corrected_ber <= thresholds.related_corrected_ber ||
         (evidence.informative_items >= thresholds.sure_informative &&
          evidence.contrast >= thresholds.min_contrast);
}

/// Two tracks along a line of another speed. The errors that the speed alone makes hide all that would tell a version or
/// an edit from a copy; only listening shows that.
Judgement judge_other_speed(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  const bool is_more_than_chance = evidence.corrected_ber <= thresholds.max_speed_ber &&
                                   evidence.contrast >= thresholds.min_speed_contrast &&
                                   evidence.coverage_shorter >= thresholds.min_speed_coverage &&
                                   evidence.informative_items >= thresholds.min_informative;
  return is_more_than_chance ? Judgement{Relation::same_recording, Band::review, guard_of_speed}
                             : Judgement{};
}

Judgement judge_by(Ear ear, const Evidence& evidence, const Thresholds& thresholds) noexcept {
  if (evidence.has_other_speed()) return judge_other_speed(evidence, thresholds);
  const auto related = [](Relation relation, std::string_view guard) {
    return Judgement{relation, Band::related, guard};
  };
  const Windows windows = count_windows(evidence, thresholds);
  const bool edit = is_edit(evidence, thresholds, windows);
  if (evidence.overlap_items == 0) return {};
  if (!is_alike(evidence, thresholds) && !edit) return {};
  if (const std::string_view lacking = lacks(evidence, thresholds); !lacking.empty()) {
    // Few pairs of different music have such a low BER by chance. Above it, it is better not to list the pair.
    if (evidence.corrected_ber > thresholds.window_ber) return {};
    if (lacking == "informative" && is_chance(evidence, thresholds)) return {};
    return related(Relation::insufficient, lacking);
  }
  if (edit) return related(Relation::edit, windows.dirty_run >= 2 ? "window" : "coverage");
  if (windows.dirty_run >= 2) return related(Relation::version, "window");
  if (evidence.similarity() < least_similarity(windows, thresholds))
    return related(Relation::version, "similarity");
  if (longest_rest_s(evidence) > thresholds.max_cut_s && !covers(evidence, thresholds))
    return related(Relation::insufficient, "coverage");  // the part is too short for an edit
  return judge_same(evidence, thresholds, windows, ear);
}

}  // namespace

Judgement judge(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return judge_by(Ear::not_asked, evidence, thresholds);
}

Judgement judge_heard_alike(const Evidence& evidence, const Thresholds& thresholds) noexcept {
  return judge_by(Ear::alike, evidence, thresholds);
}

bool is_a_match(const VariantMatch& match, const Thresholds& thresholds) noexcept {
  return match.ber <= thresholds.max_variant_ber && match.contrast >= thresholds.min_variant_contrast;
}

bool is_doubt_about_sound(std::string_view guard) noexcept {
  constexpr std::array<std::string_view, 5> doubts{"unmeasured", "similarity", "window", "short", "unknown"};
  return std::find(doubts.begin(), doubts.end(), guard) != doubts.end();
}

std::string_view name_of(Relation relation) noexcept {
  switch (relation) {
    case Relation::same_recording:
      return "same_recording";
    case Relation::edit:
      return "edit";
    case Relation::remaster:
      return "remaster";
    case Relation::version:
      return "version";
    case Relation::insufficient:
      return "insufficient";
    case Relation::unrelated:
      return "unrelated";
  }
  return "unrelated";
}

std::string_view name_of(Band band) noexcept {
  switch (band) {
    case Band::automatic:
      return "auto";
    case Band::review:
      return "review";
    case Band::related:
      return "related";
    case Band::none:
      return "none";
  }
  return "none";
}

}  // namespace echofold
