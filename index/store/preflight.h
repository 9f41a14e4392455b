// Checks of a library's folder and data file before LMDB touches them.
#pragma once

#include <cstddef>
#include <filesystem>

#include "index/base/error.h"

namespace echofold {

/// True for statfs types on which LMDB's shared map or locks can't be trusted: NFS, CIFS/SMB, Coda, AFS.
bool is_network_file_system(unsigned long statfs_type) noexcept;

/// @throws Error Fault::unsupported when `dir` is on a network file system
void require_local(const std::filesystem::path& dir);

/// @throws Error Fault::full when there is no space for even an empty library (256 KiB). LMDB maps its lock file, and
/// on a full disk the process would get SIGBUS instead of an error.
void require_some_room(const std::filesystem::path& dir);

/// The Error for a folder that holds no library.
Error no_library(const std::filesystem::path& dir);

struct DataFile {
  bool present = false;       ///< there are pages in it
  std::size_t map_bytes = 0;  ///< the size of the map with which it was last written
  bool cut_short = false;     ///< the file is smaller than the pages that it counts; see inspect_data_file
};

/// Reads the two meta pages of `<dir>/data.mdb` without LMDB. Never while this process has the library open:
/// closing a second descriptor drops the locks of the first.
///
/// `cut_short` is true for a truncated file, but also after a run that was killed right after a commit whose last
/// pages had become free again. Only reading the whole file shows which it is (reading_fails).
/// @throws Error  Fault::damaged when it is not an LMDB file, else what opening and reading give
DataFile inspect_data_file(const std::filesystem::path& dir);

}  // namespace echofold
