// Playlists of kinds that are not rewritten: which moved files do they name?
#pragma once

#include <string>
#include <vector>

#include "engine/playlist/moved_files.h"

namespace echofold {

/// Endings in lower case, without a dot: binary formats, and those of single programs.
const std::vector<std::string>& other_list_extensions();

/// The moved files whose name stands in these bytes behind the name of their folder, or behind no folder; by old place.
std::vector<const NewPlaces::value_type*> files_named_in(const std::string& bytes, const MovedFiles& moved);

}  // namespace echofold
