// File names that copying makes: the ranking recognises a copy by them.
#pragma once

#include <string_view>

namespace echofold {

/// False for a file name that looks like a copy of another one: "x (1).mp3", "x - Copy.mp3", "Copy of x.mp3".
bool has_clean_name(std::string_view path);

}  // namespace echofold
