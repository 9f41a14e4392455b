// Takes a run back from its journal.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/act/journal/step.h"
#include "index/store/store.h"

namespace echofold {

struct UndoSummary {
  std::string run;
  std::uint64_t restored = 0, skipped = 0;  ///< files moved and rewritten
  std::vector<TrackId> back = {};           ///< tracks whose files had been set aside or replaced by links
};

/// Moves every file of the run back and restores the old bytes of every rewritten file, last step first. Nothing is
/// overwritten.
///
/// Skipped, with the reason: a file that is gone or whose old place is taken; a different file at the set-aside
/// place; a renamed file that has changed and that no scan has seen since; a file that a later run has moved on (the
/// run is named); a rewritten file that was changed since. A file that was changed in the set-aside folder comes back
/// as it is, with a note.
///
/// When all are back, the empty set-aside folders of the run are removed and folder times restored. The tracks are
/// marked as kept (engine/dedupe/kept.h). Purged files do not come back, nor do playlists that named them. Safe to
/// repeat after a partial undo or a crash.
/// @param run  empty: the newest run that is not taken back yet
/// @param on_step  called with each step: undone, or done as before, and then its note says why
/// @throws Error  Fault::usage if there is no such run, it is already taken back, or nothing of it can be taken back;
///                Fault::damaged if its journal can't be read
UndoSummary undo(Store& store, const std::string& run, const std::function<void(const Step&)>& on_step = {});

/// The steps as undo() would leave and report them, in its order. Nothing is changed. Rewritten files are assumed to be
/// restorable: only restoring shows whether they are.
/// @throws Error as undo()
Steps preview_undo(const Store& store, const std::string& run);

}  // namespace echofold
