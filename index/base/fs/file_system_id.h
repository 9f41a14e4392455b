// Identifies the file system of a folder. The id outlasts boots and mounts where the system has such an id.
#pragma once

#include <cstdint>
#include <string>

namespace echofold {

/// The id of the file system of `folder`. It is f_fsid of statfs(2), except where that is made from the device number
/// (XFS, FAT, exFAT), which changes with every mount: there it is a hash of the file system's UUID, if the system knows
/// one.
/// @return 0 when the system gives no id
std::uint64_t file_system_id(const std::string& folder);

/// Whether `folder` is on the file system with this id. Ids that an earlier version took from f_fsid are recognised.
bool is_on_file_system(const std::string& folder, std::uint64_t id);

}  // namespace echofold
