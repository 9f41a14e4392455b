// The only code that deletes a user's file: what old runs set aside, and nothing else.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "index/base/error.h"
#include "index/store/store.h"

namespace echofold {

struct PurgeFile {
  std::string path;         ///< in the set-aside folder
  std::uint64_t bytes = 0;  ///< that it frees; 0 for a further name, and if a name of it stays (hard links)
  /// Why it stays, with the path. Nothing: it can be deleted, or was.
  std::optional<Error> why_not = {};
};

/// One run and its files that are still set aside.
struct PurgeRun {
  std::string run;
  std::int64_t started_at_s = 0;
  std::vector<PurgeFile> files;
};

/// What purge() would delete of runs that began at or before `before_s` (Unix time), oldest first. Changes nothing.
///
/// A file can be deleted only if all of this holds: a journal of this very library says that the run set it aside and
/// that it was not brought back; it lies in a folder of the run's name; it is as the run left it (a regular file with
/// that inode, size and time); another copy of the recording is in the library (other_copies.h). A partner file or
/// further name needs no other copy: it stays if its music stays. No symbolic link in a path is followed. All other
/// files stay, with the reason; files that are gone already are not listed. Runs with a move in doubt and unreadable
/// journals are passed over.
std::vector<PurgeRun> purgeable(const Store& store, std::int64_t before_s);

struct PurgeSummary {
  std::uint64_t deleted = 0, bytes = 0;
  std::uint64_t stayed = 0;  ///< for a reason that purgeable() gives
  std::uint64_t failed = 0;  ///< the system refused, or the last check did
  bool interrupted = false;
};

/// Deletes what purgeable() lists without a reason to stay. Each file is checked once more just before. Journalled:
/// intent, fsync, unlink, fsync of the folder, done. After a kill, the next purge resolves what is in doubt and goes
/// on. Folders and guard files that are of no use any more are removed.
/// @param on_file  called for each file; `why_not` also says why a file could not be deleted
/// @throws Error  if a journal or the store can't be written; this ends the purge at once
PurgeSummary purge(Store& store, std::int64_t before_s,
                   const std::function<void(const std::string& run, const PurgeFile& file)>& on_file = {},
                   const std::stop_token& stop = {});

}  // namespace echofold
