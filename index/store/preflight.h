// What can be said of a library's folder and data file before LMDB touches them.
#pragma once

#include <cstddef>
#include <filesystem>

#include "index/base/error.h"

namespace echofold {

/// True for statfs types on which LMDB's shared map or locks can't be trusted: NFS, CIFS/SMB, Coda, AFS.
bool is_network_file_system(unsigned long statfs_type) noexcept;

/// @throws Error Fault::unsupported when `dir` is on a network file system
void require_local(const std::filesystem::path& dir);

/// @throws Error Fault::full when there is no room for even an empty library. LMDB maps its lock file, and a
/// full disk would end the process with SIGBUS instead of an error.
void require_some_room(const std::filesystem::path& dir);

/// What is said where a library should be.
Error no_library(const std::filesystem::path& dir);

struct DataFile {
  bool present = false;       ///< there are pages in it
  std::size_t map_bytes = 0;  ///< the size of the map it was last written with
  bool cut_short = false;     ///< smaller than the pages it counts; see inspect_data_file
};

/// Looks at the two meta pages of `<dir>/data.mdb` with plain reads. Never while this process has it open:
/// closing a second descriptor drops the locks of the first.
///
/// `cut_short` is true of a truncated file, but also where a run was killed right after a commit whose last
/// pages had become free again; only reading all of it tells (survives_reading).
/// @throws Error  Fault::damaged when it is not an LMDB file, else what opening and reading give
DataFile inspect_data_file(const std::filesystem::path& dir);

}  // namespace echofold
