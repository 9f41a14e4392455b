// Which playlists name a file.
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace echofold {

/// For each of these files that a playlist below the roots names: the paths of these playlists, sorted. Entries are resolved as
/// for rewriting (entry_path.h). Cue sheets do not count: they belong to their music. A playlist that can't be read
/// names nothing.
/// @param files, roots  absolute
/// @throws Error Fault::interrupted
std::map<std::string, std::vector<std::string>> playlists_naming(const std::vector<std::string>& files,
                                                                 const std::vector<std::string>& roots,
                                                                 const std::stop_token& stop = {});

}  // namespace echofold
