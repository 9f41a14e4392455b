// Takes a run back from its journal, and finishes what a crash left half done.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/act/journal.h"
#include "index/store/store.h"

namespace echofold {

struct UndoSummary {
  std::string run;
  std::uint64_t restored = 0, skipped = 0;  ///< files moved and rewritten
  std::vector<TrackId> back = {};           ///< tracks whose files had been set aside or replaced by links
};

/// Moves every file of the run back to where it was, and gives every rewritten file its old bytes, last
/// first. A file that is gone, or whose old place is taken, is skipped with the reason; nothing is
/// overwritten. A file that was changed in the set-aside folder comes back as it is, with a note; another file in its
/// place stays, as does a renamed file that has changed and that no scan has seen since, one that a later run has moved
/// on (that run is named), and a rewritten file that was changed since. When all are back, the empty set-aside folders that the run
/// made are removed and folder times restored. The files are marked as kept (engine/dedupe/kept.h). What was purged
/// does not come back, nor do playlists that named it. Safe to repeat after a partial undo or a crash.
/// @param run  empty: the newest run that is not taken back yet
/// @param on_file  `path` is the place in the set-aside folder, `target` the old place it is back at
/// @throws Error  Fault::usage when there is no such run, or it is already taken back;
///                Fault::damaged when its journal can't be read
UndoSummary undo(Store& store, const std::string& run,
                 const std::function<void(const AppliedFile&)>& on_file = {});

/// What undo() would do, file by file in its order; nothing is touched. A rewritten file is taken for one that can be
/// had back: only the way back itself shows it.
/// @throws Error as undo()
std::vector<AppliedFile> preview_undo(const Store& store, const std::string& run);

/// All runs, newest first. One whose journal can't be read has only its name and `problem`.
/// @param look_for_files  fills RunInfo::moves_gone and moves_moved_on: a look at every file that was moved
std::vector<RunInfo> history(const Store& store, bool look_for_files = false);

/// Settles the moves and rewrites of runs that a crash left between intent and done, by looking where the
/// file is, and brings the store in step. Idempotent, cheap when there is nothing to settle; apply() and
/// undo() call it first. A move whose file can't be seen at all (a drive that is away) stays open for the
/// next time.
/// @return how many were settled
std::uint64_t recover(Store& store);

/// `<db>/runs`.
std::filesystem::path runs_dir(const Store& store);

}  // namespace echofold
