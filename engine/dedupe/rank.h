// Which of two copies is better, and the one reason that decided it (DESIGN: "Ranking").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dedupe/levels.h"
#include "index/model/record.h"

namespace echofold {

struct RankSettings {
  std::vector<std::string> protected_folders;  ///< absolute; files under them always stay
  double bit_rate_tie = 0.10;                  ///< codec-equivalent bit rates this close are the same
};

/// What ranking needs beyond the record, computed once over the library.
struct Ranked {
  const TrackRecord* track = nullptr;
  std::uint32_t album_tracks = 0;  ///< tracks of its album in the same folder: how complete the album is
  double missing_s = 0;            ///< audible seconds at its ends that another copy of it has, at most
  bool is_new = false;             ///< it is compared with a library that it is not part of yet
  Dropout dropout = {};            ///< the worst hole in it that another copy of it does not have
};

/// The rules, in the order in which they decide.
enum class RankRule : std::uint8_t {
  none,             ///< a track against itself
  trash,            ///< nothing in a trash or snapshot folder is kept while a copy outside goes
  protection,       ///< --protect
  soundness,        ///< decodes cleanly and is whole
  channels,         ///< with a sound of their own
  bandwidth,        ///< the sound of a telephone, of medium wave, or more
  resolution,       ///< 8 bits or more
  losslessness,     ///< genuine lossless
  lossless_format,  ///< suspected transcodes before lossy files
  polarity,         ///< channels that do not cancel in mono
  bit_depth,
  sample_rate,
  clipping,
  cutoff,         ///< of suspected transcodes
  true_bit_rate,  ///< what the measured bandwidth leaves of it
  bit_rate,       ///< as the file says
  length,         ///< which lacks less of what other copies have at their ends
  contents,       ///< video, chapters, lyrics
  album,
  known,  ///< in the library already
  tags,
  padding,  ///< empty channels, bits or frequencies
  clean_name,
  age,
  short_path,
  path
};

/// The first difference in the order of the design, seen from the better side.
struct RankReason {
  int order = 0;            ///< < 0: a is better, > 0: b is better; 0 only for a track against itself
  std::string_view better;  ///< "lossless", "higher bit rate", "protected folder", ...; static storage
  std::string_view worse;   ///< "lossy", "lower bit rate", ...; static storage
  RankRule rule = RankRule::none;
};

/// Why a new copy loses to one of the library that sounds as good.
inline constexpr std::string_view known_already = "the library has it already";

/// A strict order, transitive over all tracks, the same for every run: each rule compares one number of each
/// track, and the first rule that differs decides.
///
/// Measured figures come before nominal ones. What was not measured counts as the most that its format can hold, so that
/// the order stays transitive; what such a stand-in decides is doubtful (doubts.h), and so is what other measurements
/// contradict.
///
/// Bit rates "within 10 %" are not transitive (100, 109, 118), so codec-equivalent bit rates are compared by
/// their step on a logarithmic scale of 10 %: two of one step are the same, and so may two be that lie a
/// hair apart on both sides of a border be different. 128 kb/s lies in the middle of its step.
/// A suspected transcode loses to honest lossless files only, never to a lossy one: that may have been made
/// from it. Zero low bits, an upsampled rate, silent channels and those that repeat another one count for nothing
/// (quality_signs.h).
///
/// Of a new file and the library's that sound equally good the library's is better: tags, names and ages move nothing
/// that is in its place.
RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// The same without protected folders, and by how it sounds alone: < 0 when a is better, 0 when only tags, names, dates
/// or what else is in the file could tell.
int compare_sound(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// < 0: a is of the better format by all rules but protection and damage, clipping and what is beside the sound.
int compare_format(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// `reason.worse`, or the sign behind it: "suspected transcode: nothing above 16.0 kHz".
std::string why_worse(const RankReason& reason, const Ranked& worse);

/// kb/s that MP3 (LAME) would need for the same quality: never compare bit rates across codecs directly.
double equivalent_bit_rate_kbps(const AudioProperties& properties);

/// Of that what the measured bandwidth can need: an encoder ends the spectrum further up where it has more bits. The same
/// as equivalent_bit_rate_kbps where no sharp end was measured.
double true_bit_rate_kbps(const TrackRecord& track);

/// The highest codec-equivalent bit rate at which encoders end the spectrum as low as this; infinite where any may.
double highest_bit_rate_kbps(std::uint32_t end_hz);
bool is_protected(const TrackRecord& track, const RankSettings& settings) noexcept;

}  // namespace echofold
