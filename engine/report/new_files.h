// What a comparison with the library says about the new files, in one sentence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// Each new file is counted once: if several counts apply, in the first of them.
struct NewFileCounts {
  bool any_other = false;   ///< the library has a track that is not new: there is something to compare with
  std::uint64_t files = 0;  ///< all new files
  std::uint64_t unreadable = 0;
  std::uint64_t worse = 0;          ///< go: the library has a better copy
  std::uint64_t known = 0;          ///< go: the library has a copy that is as good
  std::uint64_t of_each_other = 0;  ///< go: another new file is a copy, and as good or better
  std::uint64_t to_review = 0;
  std::uint64_t stay = 0;    ///< the library has a better copy, but they stay: protected, a complete album
  std::uint64_t better = 0;  ///< the library's copy goes, or is spared
  std::uint64_t without_copy = 0;
  bool spares_others = false;         ///< a copy of the library is worse, but stays
  std::vector<std::string> copies{};  ///< paths of the library's copies that the counts depend on
};

/// @param settings  those of the plan; `new_folders` decides what is new
NewFileCounts count_new_files(const Snapshot& snapshot, const Plan& plan, const PlanSettings& settings);

/// "All 7 files here are copies of better files in ~/Music", "Of 9 files here, 2 are better than their copies in
/// ~/Music, 7 are new". @param folders  where the library's copies are, "~/Music or /nas"; empty: "the library"
std::string new_files_text(const NewFileCounts& counts, const std::string& folders);

}  // namespace echofold
