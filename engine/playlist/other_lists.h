// Which moved files are named by playlists of kinds that are not rewritten.
#pragma once

#include <string>
#include <vector>

#include "engine/playlist/moved_files.h"

namespace echofold {

/// Extensions in lower case, without a dot: binary formats, and formats of single programs.
const std::vector<std::string>& other_list_extensions();

/// The moved files whose name occurs in these bytes after the name of their folder, or after no folder; by old place.
std::vector<const NewPlaces::value_type*> files_named_in(const std::string& bytes, const MovedFiles& moved);

}  // namespace echofold
