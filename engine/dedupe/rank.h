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

/// A record with what ranking needs besides, computed once over the library.
struct Ranked {
  const TrackRecord* track = nullptr;
  std::uint32_t album_tracks = 0;  ///< tracks of its album in the same folder: how complete the album is
  double missing_s = 0;  ///< the most audible seconds that it lacks at its ends and another copy has
  bool is_new = false;   ///< it is compared with a library that it is not part of yet
  Dropout dropout = {};  ///< its worst hole that another copy does not have
  /// The lossy copy that it is proved to be decoded from (decoded_copies.h). Its format counts as that of its source.
  const TrackRecord* source = nullptr;
};

/// The file whose format says how good it sounds: its source, if it is decoded from one.
inline const TrackRecord& sound_of(const Ranked& r) noexcept {
  return r.source == nullptr ? *r.track : *r.source;
}

/// The rules, in the order in which they decide.
enum class RankRule : std::uint8_t {
  none,             ///< a track against itself
  trash,            ///< a copy outside of trash and snapshot folders is better
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
  source,         ///< a lossy file before what was decoded from it
  length,         ///< lacks less of what other copies have at their ends
  contents,       ///< video, chapters, lyrics
  known,          ///< in the library already
  album,
  tags,
  padding,  ///< empty channels, bits or frequencies
  clean_name,
  age,
  short_path,
  path
};

/// The first rule that differs, seen from the better side.
struct RankReason {
  int order = 0;            ///< < 0: a is better, > 0: b is better; 0 only for a track against itself
  std::string_view better;  ///< "lossless", "higher bit rate", "protected folder", ...; static storage
  std::string_view worse;   ///< "lossy", "lower bit rate", ...; static storage
  RankRule rule = RankRule::none;
};

/// Why a new copy loses to one of the library that sounds equally good.
inline constexpr std::string_view known_already = "the library has it already";

/// A strict order, transitive over all tracks and the same in every run: each rule compares one number of each track,
/// and the first rule that differs decides.
///
/// Measured figures come before nominal ones. What was not measured counts as the most that the format can hold, so
/// that the order stays transitive. If such a substitute decides, or other measurements contradict the order, it is
/// doubtful (doubts.h).
///
/// Bit rates "within 10 %" are not transitive (100, 109, 118). So codec-equivalent bit rates are compared by their
/// step on a logarithmic scale of 10 %: two rates in one step are equal, and two that lie close together on both
/// sides of a border differ. 128 kb/s lies in the middle of its step. A suspected transcode loses only to honest
/// lossless files, never to a lossy one, which may have been made from it. Zero low bits, an upsampled rate, and
/// channels that are silent or repeat another one count for nothing (quality_signs.h).
///
/// A lossless file that is proved to be decoded from a lossy copy has the sound of that copy: by all rules about the
/// format it is worth as much. Between the two, the source is better.
///
/// Of a new file and one of the library that sound equally good the latter is better: tags, names and ages alone move
/// no file of the library.
RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// The order by sound alone, without protected folders: < 0 if a is better, 0 if only tags, names, dates or other
/// contents of the file differ.
int compare_sound(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// < 0: a has the better format, by all rules but protection, damage, clipping and what is not sound.
int compare_format(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// `reason.worse`, or the sign that explains it: "suspected transcode: nothing above 16.0 kHz".
std::string why_worse(const RankReason& reason, const Ranked& worse);

/// The kb/s that MP3 (LAME) would need for the same quality. Bit rates of different codecs can't be compared directly.
double equivalent_bit_rate_kbps(const AudioProperties& properties);

/// The same, limited to what the measured bandwidth can need: with more bits an encoder ends the spectrum higher up.
/// Equal to equivalent_bit_rate_kbps if no sharp end was measured.
double true_bit_rate_kbps(const TrackRecord& track);

/// The highest codec-equivalent bit rate at which encoders end the spectrum this low; infinite if any rate may.
double highest_bit_rate_kbps(std::uint32_t end_hz);
bool is_protected(const TrackRecord& track, const RankSettings& settings) noexcept;

}  // namespace echofold
