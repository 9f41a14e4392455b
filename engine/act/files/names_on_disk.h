// Which names a folder has, by their bytes and as file systems may compare them.
#pragma once

#include <string>

namespace echofold {

/// True if the folder has an entry of exactly these bytes, or can't be read. (A case-insensitive file system finds
/// entries under other names as well.)
bool is_listed(const std::string& folder, const std::string& name);

/// True if the folder has an entry whose name differs at most in case and normal form, or can't be read.
bool has_equivalent_name(const std::string& folder, const std::string& name);

}  // namespace echofold
