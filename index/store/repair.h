// Says what of a library is hurt, and saves what is whole into a new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "index/store/health.h"

namespace echofold {

/// Reads every page and value of the library without LMDB, which may end a process on a damaged file, then once more
/// by LMDB in a child process. Changes nothing; takes the library's lock.
/// @throws Error  Fault::no_database; Fault::locked; Fault::version; Fault::damaged when it is no library of echofold
///                or nothing of it can be read; what opening and reading give
LibraryHealth examine_library(const std::filesystem::path& dir);

struct Repaired {
  LibraryHealth health;           ///< of the library before
  std::filesystem::path kept_as;  ///< where the damaged data file is now; empty when nothing was hurt
  std::uint64_t tracks = 0, pairs = 0, verdicts = 0;  ///< that are in the new one
};

/// As examine_library; where something is hurt, writes what is whole to a new data file, reads that as a whole and
/// puts it in the place of the damaged one. That stays beside it as `data.damaged-<n>.mdb` and is never removed.
///
/// Tracks keep their ids. Tables that follow from others are made again, and so is the index file by the next run that
/// needs it; where pairs are lost, the next run looks for all of them again. A crash at any point leaves either the
/// damaged file or the repaired one in place.
/// @param id_if_lost  the library's id where it can't be read; a new one is made up when it is empty, too
/// @throws Error  as examine_library; Fault::full, Fault::io: then nothing was changed
Repaired repair_library(const std::filesystem::path& dir, const std::string& id_if_lost);

}  // namespace echofold
