// Names that copying gave a file: by them the ranking tells a copy from what it was made of.
#pragma once

#include <string_view>

namespace echofold {

/// The file name does not look like what copying made of another: "x (1).mp3", "x - Copy.mp3", "Copy
/// of x.mp3".
bool has_clean_name(std::string_view path);

}  // namespace echofold
