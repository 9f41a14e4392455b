// Names that echofold gives to folders of its own in a library.
#pragma once

namespace echofold {

/// The folder that `apply` makes in a root; never walked into.
inline constexpr const char* set_aside_folder_name = ".echofold-duplicates";

}  // namespace echofold
