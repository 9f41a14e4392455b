// Which tracks runs moved and brought back, by their journals.
#pragma once

#include <string>
#include <unordered_set>

#include "index/fingerprint.h"
#include "index/store/store.h"

namespace echofold {

struct MovedTracks {
  std::unordered_set<TrackId> losers;  ///< set aside, also if they are back by now
  std::unordered_set<std::string>
      keepers;  ///< paths of the copies that they were set aside for, as they were then
};

/// Of `run` and all runs after it; skipped moves are none.
/// @throws Error Fault::usage when there is no such run; Fault::damaged when a journal among them can't be read
MovedTracks tracks_moved_since(const Store& store, const std::string& run);

/// Once in the life of a library: marks as kept (engine/dedupe/kept.h) what `undo` brought back before there were marks,
/// as its journals tell. A journal that can't be read says nothing.
void mark_what_was_brought_back_before(Store& store);

}  // namespace echofold
