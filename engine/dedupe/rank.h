// Which of two copies is better, and the one reason that decided it (DESIGN: "Ranking").
#pragma once

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
  std::uint32_t album_tracks = 0;  ///< tracks in the same folder: how complete its album is
};

/// The first difference in the order of the design, seen from the better side.
struct RankReason {
  int order = 0;            ///< < 0: a is better, > 0: b is better; 0 only for a track against itself
  std::string_view better;  ///< "lossless", "higher bit rate", "protected folder", ...; static storage
  std::string_view worse;   ///< "lossy", "lower bit rate", ...
};

/// A strict order: transitive for tracks of one group, the same for every run.
RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings);

/// kb/s that MP3 (LAME) would need for the same quality: never compare bit rates across codecs directly.
double equivalent_bit_rate_kbps(const AudioProperties& properties);

}  // namespace echofold
