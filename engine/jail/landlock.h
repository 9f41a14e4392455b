// The kernel's Landlock: no file, no port, no signal to others, whatever rights the user has.
#pragma once

namespace echofold {

/// For the calling process, for good; needs no_new_privileges. Every right that this kernel can take is taken.
/// @return false when the kernel has no Landlock
bool close_all_doors() noexcept;

}  // namespace echofold
