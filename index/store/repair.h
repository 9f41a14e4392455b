// Finds what is damaged in a library, and saves what is whole into a new data file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "index/store/health.h"

namespace echofold {

/// Reads every page and value of the library without LMDB, which may end a process on a damaged file. If nothing is
/// damaged, reads all of it again with LMDB, in a child process. Changes nothing; holds the library's lock meanwhile.
/// @throws Error  Fault::no_database; Fault::locked; Fault::version; Fault::damaged when it is no library of echofold
///                or nothing of it can be read; what opening and reading give
LibraryHealth examine_library(const std::filesystem::path& dir);

struct Repaired {
  LibraryHealth health;           ///< of the library before
  std::filesystem::path kept_as;  ///< where the damaged data file is now; empty when nothing was damaged
  std::uint64_t tracks = 0, pairs = 0, verdicts = 0;  ///< in the new data file
};

/// Does what examine_library does. If something is damaged, it then writes what is whole to a new data file, reads all
/// of that file, and puts it in the place of the damaged one. The damaged file stays beside it as
/// `data.damaged-<n>.mdb` and is never removed.
///
/// Tracks keep their ids. Databases that follow from others are made again. The next run that needs the index file
/// builds it again; if pairs are lost, the next run looks for all pairs again. A crash at any point leaves either the
/// damaged file or the repaired one in place.
/// @param id_if_lost  the library's id if it can't be read; when this is empty, too, a new id is made
/// @throws Error  as examine_library; Fault::full, Fault::io: then nothing was changed
Repaired repair_library(const std::filesystem::path& dir, const std::string& id_if_lost);

}  // namespace echofold
