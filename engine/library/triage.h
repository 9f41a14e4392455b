// Sorts found files into known and unread ones, before anything is opened or changed.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/library/known_tracks.h"
#include "engine/library/walk.h"

namespace echofold {

/// A found file whose content the library knows.
struct KnownFile {
  enum class How : std::uint8_t {
    unchanged,  ///< nothing to write
    returned,   ///< same path; the record needs updating (place, device, hard links)
    moved,      ///< the file is no longer at the record's path
    linked      ///< another name of a file that is still at the record's path
  };
  std::uint32_t file = 0;  ///< index in the list of found files
  KnownTracks::Number track = 0;
  How how = How::unchanged;
};

struct Triage {
  std::vector<KnownFile> known;       ///< in order of `file`
  std::vector<std::uint32_t> unread;  ///< new and changed files, ascending
  /// Records whose path is now a hard link of another known file, so that nothing of their own is left.
  std::vector<KnownTracks::Number> replaced;
};

/// Marks in `known` what was seen. If a hard link is known by a name other than its first, that name becomes the path
/// of the found file.
Triage triage(std::vector<FoundFile>& files, KnownTracks& known);

}  // namespace echofold
