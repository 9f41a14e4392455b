// Expands `~` in paths as users write them.
#pragma once

#include <string>

#include "tools/options/shared.h"

namespace echofold {

/// Expands `~` and `~/...` by HOME (else the password file), `~name` and `~name/...` by the password file. A path that
/// begins otherwise, or with the name of no user, stays as it is.
std::string with_home(const std::string& path);

/// with_home() in place; a path that changes is noted in `typed` with what the user wrote.
void expand_home(std::string& path, TypedPaths& typed);

}  // namespace echofold
