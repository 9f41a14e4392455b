// Which tracks runs moved and brought back, from the journals.
#pragma once

#include <string>
#include <unordered_set>

#include "index/model/fingerprint.h"
#include "index/store/store.h"

namespace echofold {

struct MovedTracks {
  std::unordered_set<TrackId> losers;  ///< set aside, even if they were brought back later
  std::unordered_set<std::string>
      keepers;  ///< paths of the copies that they were set aside for, as they were then
};

/// Of `run` and all later runs. Skipped moves do not count.
/// @throws Error Fault::usage if there is no such run; Fault::damaged if a journal among them can't be read
MovedTracks tracks_moved_since(const Store& store, const std::string& run);

/// Runs once per library: marks what `undo` brought back as kept (engine/dedupe/kept.h), from journals that are older
/// than these marks. Unreadable journals are ignored.
void mark_what_was_brought_back_before(Store& store);

}  // namespace echofold
