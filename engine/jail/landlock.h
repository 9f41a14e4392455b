// The kernel's Landlock: no files, no ports, no signals to other processes, whatever rights the user has.
#pragma once

namespace echofold {

/// Drops, for the calling process and permanently, every right that this kernel's Landlock can restrict. Requires
/// no_new_privileges.
/// @return false if the kernel has no Landlock
bool drop_landlock_rights() noexcept;

}  // namespace echofold
