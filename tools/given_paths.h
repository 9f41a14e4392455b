// Paths as users write them: `~` is the home folder, and what has to be there is.
#pragma once

#include <functional>
#include <string>

#include "tools/options/all_options.h"

namespace echofold {

/// `~` and `~/...` by HOME (else the password file), `~name` and `~name/...` by the password file. A path that begins
/// otherwise, or with the name of nobody, stays as it is.
std::string with_home(const std::string& path);

/// with_home() in place; a path that changes is noted in `typed` with what the user wrote.
void expand_home(std::string& path, TypedPaths& typed);

/// " (did you mean `~/Albums`?)" by the names that lie where the first part of `path` that is not there should, or
/// nothing. `path` as the user wrote it.
std::string nearest_path(const std::string& path);

/// Every path of the options that must be there for this verb is.
/// @param is_known  whether the library knows this absolute path or something below it: then it is away, which each
///                  verb deals with in its own way. Asked only about what is not there
/// @throws Error Fault::usage, with the nearest name that is there
void require_given_paths(const VerbOptions& options, const std::function<bool(const std::string&)>& is_known);

}  // namespace echofold
