// The two sides of `dedupe`: what it scans, and everything else that the library knows.
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
  std::vector<std::string> scan;  ///< to be scanned: PATH..., or all known folders that exist
  std::vector<std::string>
      under;             ///< the same, absolute: at least one side of each pair is under one of these
  bool are_new = false;  ///< the user named them: files under them count as new
};

/// Without a PATH these are the folders that were scanned as a whole, and files that were scanned singly. Folders that
/// are away are left out, with a warning.
/// @throws Error Fault::usage when nothing is known yet or a list of paths is empty, Fault::guard when everything is
///               away
DedupePaths dedupe_paths(const Store& store, const SourceOptions& options, const std::stop_token& stop);

/// Checks the files of copies that this run has not scanned. One thread at a time.
class OtherFiles {
 public:
  /// For PlanSettings::is_there: whether the file is at its path as it was scanned. Notes the others.
  bool is_there(const TrackRecord& track);

  /// Returns the files that are at their path but changed since their scan, each once, and clears the list.
  std::vector<std::string> take_changed();

  /// Prints one line on stderr for each folder with copies that are gone, and clears the list.
  void warn_of_gone(const std::vector<Root>& roots);

 private:
  std::vector<std::string> changed_, gone_;
  std::uint64_t imported_ = 0;
};

/// The library folder of a file: the outermost root around it; its own folder where there is none.
std::string root_around(const std::string& path, const std::vector<Root>& roots);

/// Whether these absolute paths hold the library itself instead of new files: at least 1,000 tracks, and at least four
/// times as many as elsewhere.
bool is_library_itself(const Snapshot& snapshot, const std::vector<std::string>& under);

/// Stores in the library which folders counted as new in the last `dedupe PATH`, for a later `review`. Not to be called
/// while the library knows nothing else.
void remember_new_folders(Store& store, const std::vector<std::string>& folders);
std::vector<std::string> remembered_new_folders(const Snapshot& snapshot);

/// The path for a message: "~/Music" where it is in $HOME, and printable.
std::string path_for_people(const std::string& path);

}  // namespace echofold
