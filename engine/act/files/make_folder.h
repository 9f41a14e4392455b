// Makes the folders that moved files need.
#pragma once

#include <string>

namespace echofold {

/// Makes a folder with the permissions (sticky bit and setgid included) and, where allowed, the owner of the folder
/// `like`, or of its parent if `like` does not exist. It is always writable for its owner. Does nothing if the folder
/// exists. Durable when it returns.
void make_folder(const std::string& path, const std::string& like);

}  // namespace echofold
