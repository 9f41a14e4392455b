// Playlists as bytes: the names of moved files in them, and nothing else, made new.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/playlist/entry_path.h"

namespace echofold {

enum class PlaylistKind : std::uint8_t { m3u, pls, xspf };

/// By the name of the file: m3u, m3u8, pls, xspf in either case.
std::optional<PlaylistKind> playlist_kind(const std::string& path);

struct NewPlaylist {
  std::string bytes;
  std::size_t entries = 0;  ///< that lead to a new place now
};

/// The playlist with each entry that leads to an old place leading to the new one. Byte order mark, line
/// ends, comments, titles and all other entries stay as they are, byte for byte.
/// @param folder  absolute: relative entries start there
/// @return        nothing when no entry leads to an old place
std::optional<NewPlaylist> playlist_now(const std::string& bytes, PlaylistKind kind,
                                        const std::string& folder, const NewPlaces& places);

}  // namespace echofold
