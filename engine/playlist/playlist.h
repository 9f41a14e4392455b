// Replaces the names of moved files in the bytes of playlists and cue sheets, and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/playlist/moved_files.h"

namespace echofold {

enum class PlaylistKind : std::uint8_t { m3u, pls, xspf, wpl, asx, cue };

/// By the extension of the file, in any case: m3u, m3u8; pls; xspf; wpl, zpl; asx, wax, wvx; cue.
std::optional<PlaylistKind> playlist_kind(const std::string& path);

/// The folder to which relative entries refer, and the one that the list is in now; usually the same.
struct PlaylistFolders {
  std::string was, is;
};

/// An entry that names a moved file but can't be updated.
struct LostEntry {
  std::string entry;
  std::string why;
};

struct NewPlaylist {
  std::string bytes;
  std::size_t entries = 0;  ///< how many were changed; 0: the bytes are the old ones
  std::vector<LostEntry> lost;
};

/// Returns the playlist in which each entry that leads to an old place leads to the new one. Byte order mark, line
/// ends, comments, titles and all other entries stay the same byte for byte, also in UTF-16.
NewPlaylist updated_playlist(const std::string& bytes, PlaylistKind kind, const PlaylistFolders& folders,
                             MovedFiles& moved);

}  // namespace echofold
