// Names of the folders that echofold makes in a root.
#pragma once

namespace echofold {

/// The set-aside folder that `apply` makes in a root. A scan never enters it.
inline constexpr const char* set_aside_folder_name = ".echofold-duplicates";

}  // namespace echofold
