// Finds and reads the playlists of a library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/library/walk.h"

namespace echofold {

inline constexpr std::uint64_t max_playlist_bytes = std::uint64_t{16} << 20;

/// Playlists and cue sheets of all known kinds below these folders: no hidden ones, none in set-aside folders, none
/// above max_playlist_bytes.
/// @param playlists  false: only cue sheets
std::vector<FoundFile> lists_under(const std::vector<std::string>& roots, bool playlists);

/// All bytes of an open file. @throws Error Fault::io; Fault::unsupported if it is too long
std::string bytes_of_list(int fd);
/// The same, for the file at this path, through no link.
std::string bytes_of_list(const std::string& path);

}  // namespace echofold
