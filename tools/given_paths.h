// Checks that the paths on the command line and in the settings exist, and suggests the nearest name.
#pragma once

#include <functional>
#include <string>

#include "tools/options/all_options.h"

namespace echofold {

/// " (did you mean `~/Albums`?)", or nothing when no name is near. The first part of `path` that does not exist is
/// compared with the names in its folder.
/// @param path  as the user wrote it
std::string nearest_path(const std::string& path);

/// Checks that every path exists that must exist for this verb.
/// @param is_known  whether the library knows this absolute path or something below it. Such a path is accepted: it is
///                  only away, and each verb handles that itself. Called only for paths that do not exist
/// @throws Error Fault::usage, with the nearest name that exists
void require_given_paths(const VerbOptions& options, const std::function<bool(const std::string&)>& is_known);

}  // namespace echofold
