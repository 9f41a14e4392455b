// The only code that deletes a user's file: what old runs set aside, and nothing else.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "index/store/store.h"

namespace echofold {

struct PurgeFile {
  std::string path;         ///< in the set-aside folder
  std::uint64_t bytes = 0;  ///< that go with it; 0 for a further name, and where a name stays (hard links)
  std::string why_not;      ///< why it stays, with the path; empty: it can be deleted, or was
};

/// One run and its files that are still set aside.
struct PurgeRun {
  std::string run;
  std::int64_t started_at_s = 0;
  std::vector<PurgeFile> files;
};

/// What purge() would delete of runs that began before `before_s` (Unix time), oldest first; looks and touches nothing.
///
/// Only a file that a journal of this very library says was set aside by that run and not brought back, that lies in a
/// folder of the run's name and is as the run left it (a regular file; inode, size and time), and only while another
/// copy of the recording is in the library (other_copies.h). No symbolic link in a path is followed. All else stays,
/// with the reason; what is gone already is not listed. A journal that can't be read is passed over.
std::vector<PurgeRun> purgeable(const Store& store, std::int64_t before_s);

struct PurgeSummary {
  std::uint64_t deleted = 0, bytes = 0;
  std::uint64_t stayed = 0;  ///< for a reason that purgeable() gives
  std::uint64_t failed = 0;  ///< the system refused
  bool interrupted = false;
};

/// Deletes it, each file checked once more just before. Journalled: intent, fsync, unlink, fsync of the folder, done; a kill
/// leaves nothing in doubt, and the next purge goes on. Folders and guard files that are of no use any more are removed.
/// @param on_file  told of each; `failed` in `why_not` as of those that stay
/// @throws Error  what can't be written to a journal or the store ends it at once
PurgeSummary purge(Store& store, std::int64_t before_s,
                   const std::function<void(const PurgeRun& run, const PurgeFile& file)>& on_file = {},
                   const std::stop_token& stop = {});

}  // namespace echofold
