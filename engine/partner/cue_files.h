// Which files in its folder a cue sheet names.
#pragma once

#include <string>
#include <vector>

namespace echofold {

/// The FILE lines of the cue sheet at `path`. For each line, lists the names that may be meant: without folders, in
/// every encoding that gives valid text. Empty if the sheet can't be read, exceeds 1 MiB or names nothing.
std::vector<std::vector<std::string>> files_of_cue_sheet(const std::string& path);

}  // namespace echofold
