// Which of two copies is better, and the one reason that decided it (DESIGN: "Ranking").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/record.h"

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
};

/// The first difference in the order of the design, seen from the better side.
struct RankReason {
  int order = 0;            ///< < 0: a is better, > 0: b is better; 0 only for a track against itself
  std::string_view better;  ///< "lossless", "higher bit rate", "protected folder", ...; static storage
  std::string_view worse;   ///< "lossy", "lower bit rate", ...; static storage
  int step = 0;             ///< which rule decided, ascending in the order of the design
  std::string_view doubt;   ///< why nobody may act on it unasked; empty when there is none; static storage
};

/// Why a new copy loses to one of the library that sounds as good.
inline constexpr std::string_view known_already = "the library has it already";

/// A strict order, transitive over all tracks, the same for every run: each rule compares one number of each
/// track, and the first rule that differs decides.
///
/// Bit rates "within 10 %" are not transitive (100, 109, 118), so codec-equivalent bit rates are compared by
/// their step on a logarithmic scale of 10 %: two of one step are the same, and so may two be that lie a
/// hair apart on both sides of a border be different. 128 kb/s lies in the middle of its step.
/// A suspected transcode loses to honest lossless files only, never to a lossy one: that may have been made
/// from it. Zero low bits, an upsampled rate and a second channel that repeats the first count for nothing
/// (quality_signs.h).
///
/// A copy may come from the very file that it beats, damage and all. So a reason is doubtful when damage, or
/// an end that is missing, speaks against the copy of the better format, and always when clipping decides. It
/// is also when a suspected transcode beats a lossy file that ends sharply above its cut-off.
/// Of a new file and the library's that sound equally good the library's is better: tags, names and ages move nothing
/// that is in its place.
/// The sample rate of a lossy file counts up to 44.1 kHz only (Opus always says 48), its bit depth never.
RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// `reason.worse`, or the sign behind it: "suspected transcode: nothing above 16.0 kHz".
std::string why_worse(const RankReason& reason, const Ranked& worse);

/// kb/s that MP3 (LAME) would need for the same quality: never compare bit rates across codecs directly.
double equivalent_bit_rate_kbps(const AudioProperties& properties);

/// `path` is `folder` or lies in it. Both absolute, by bytes.
bool is_under(std::string_view path, std::string_view folder) noexcept;
bool is_protected(const TrackRecord& track, const RankSettings& settings) noexcept;

}  // namespace echofold
