// Where the names of files stand in the text of each kind of playlist.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/playlist/playlist.h"

namespace echofold {

/// The text that stands for a name, once its quotes and entities are taken off, and what should stand there.
using NewEntry = std::function<std::string(const std::string& entry)>;

/// `text` with each name given to `now` and replaced by what it says. All else is copied byte for byte.
/// @param text  UTF-8, or in a code page
std::string with_new_entries(std::string_view text, PlaylistKind kind, const NewEntry& now);

}  // namespace echofold
