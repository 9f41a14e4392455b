// The two sides of `dedupe`: what it was told to look at, and everything else that the library knows.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"
#include "tools/options/shared.h"

namespace echofold {

struct DedupePaths {
  std::vector<std::string> scan;  ///< what is scanned: PATH..., or all known folders that are there
  std::vector<std::string>
      under;             ///< the same, absolute: of each pair at least one side lies under one of these
  bool are_new = false;  ///< the user named them: what lies under them is new beside the rest
};

/// Without a PATH these are the folders that were scanned as a whole, and files that were scanned singly. Folders that are away
/// are left out, with a warning.
/// @throws Error  Fault::usage when nothing is known yet or a list of paths is empty, Fault::guard when all is away
DedupePaths dedupe_paths(const Store& store, const SourceOptions& options, const std::stop_token& stop);

/// The files of copies that this run has not scanned. One thread at a time.
class OtherFiles {
 public:
  /// For PlanSettings::is_there: the file is at its path as it was scanned. Others are noted.
  bool is_there(const TrackRecord& track);

  /// Files that are at their path but have changed since their scan, each once; forgets them.
  std::vector<std::string> take_changed();

  /// One line on stderr for each folder with copies that are not there. Forgets them.
  void warn_of_gone(const std::vector<Root>& roots);

 private:
  std::vector<std::string> changed_, gone_;
  std::uint64_t imported_ = 0;
};

/// The library folder of a file: the outermost root around it; its own folder where there is none.
std::string root_around(const std::string& path, const std::vector<Root>& roots);

/// Whether what is under these absolute paths is the library itself rather than new beside it: 1,000 tracks and more, and four
/// times the rest.
bool is_library_itself(const Snapshot& snapshot, const std::vector<std::string>& under);

/// Keeps in the library which folders the last `dedupe PATH` called new, so that a later `review` can. Not while nothing else is
/// known.
void remember_new_folders(Store& store, const std::vector<std::string>& folders);
std::vector<std::string> remembered_new_folders(const Snapshot& snapshot);

/// "~/Music" for a path in $HOME, safe to print.
std::string path_for_people(const std::string& path);

}  // namespace echofold
