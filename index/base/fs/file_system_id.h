// Which file system is mounted in a place, in a way that outlasts boots and mounts where the system can tell.
#pragma once

#include <cstdint>
#include <string>

namespace echofold {

/// The id of the file system that `folder` lies on. Where f_fsid of statfs(2) is made from the device number (XFS, FAT,
/// exFAT), which is handed out anew at every mount, a hash of the file system's UUID if the system knows one, else f_fsid.
/// @return 0 when the system does not say
std::uint64_t file_system_id(const std::string& folder);

/// Whether `folder` lies on the file system of this id, also of one that an earlier version took from f_fsid.
bool is_on_file_system(const std::string& folder, std::uint64_t id);

}  // namespace echofold
