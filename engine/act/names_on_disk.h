// Which names a folder has, by their very bytes and as file systems may compare them.
#pragma once

#include <string>

namespace echofold {

/// True when the folder has an entry of just these bytes; also where it can't be read. A file system without case finds
/// entries under other names, too.
bool is_listed(const std::string& folder, const std::string& name);

/// True when the folder has an entry of this name but for case and normal form; also where it can't be read.
bool has_twin(const std::string& folder, const std::string& name);

}  // namespace echofold
