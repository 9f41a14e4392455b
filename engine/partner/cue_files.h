// Which files of its folder a cue sheet names.
#pragma once

#include <string>
#include <vector>

namespace echofold {

/// The FILE lines of the cue sheet at `path` as names of files that may be meant, one list a line: without folders, in every
/// encoding that gives text. Empty where it can't be read, is longer than 1 MiB or names nothing.
std::vector<std::vector<std::string>> files_of_cue_sheet(const std::string& path);

}  // namespace echofold
