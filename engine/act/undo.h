// Takes a run back from its journal, and finishes what a crash left half done.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/act/journal.h"
#include "index/store.h"

namespace echofold {

struct UndoSummary {
  std::string run;
  std::uint64_t restored = 0, skipped = 0;
};

/// Moves every file of the run back to where it was, last first. A file that is gone or changed since, or
/// whose old place is taken, is skipped with the reason; nothing is overwritten. Empty set-aside folders that
/// the run made are removed, and folder times restored. Safe to repeat.
/// @param run  empty: the newest run that is not taken back yet
/// @throws Error  Fault::usage when there is no such run
UndoSummary undo(Store& store, const std::string& run, const std::function<void(const AppliedFile&)>& on_file = {});

/// All runs, newest first.
std::vector<RunInfo> history(const Store& store);

/// Settles the moves of runs that a crash left between intent and done, by looking where the file is.
/// Idempotent; called by every command that acts. @return how many moves were settled
std::uint64_t recover(Store& store);

}  // namespace echofold
