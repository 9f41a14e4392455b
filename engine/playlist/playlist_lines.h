// Finds the names of files in the text of each kind of playlist.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/playlist/playlist.h"

namespace echofold {

/// Gets a name without its quotes and entities, and returns its replacement.
using ReplaceEntry = std::function<std::string(const std::string& entry)>;

/// Passes each name in `text` to `replace` and replaces it by the result. Copies everything else byte for byte.
/// @param text  in UTF-8 or in a code page
std::string with_new_entries(std::string_view text, PlaylistKind kind, const ReplaceEntry& replace);

}  // namespace echofold
