// Playlists and cue sheets as bytes: the names of moved files in them, and nothing else, made new.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/playlist/moved_files.h"

namespace echofold {

enum class PlaylistKind : std::uint8_t { m3u, pls, xspf, wpl, asx, cue };

/// By the name of the file, in either case: m3u, m3u8; pls; xspf; wpl, zpl; asx, wax, wvx; cue.
std::optional<PlaylistKind> playlist_kind(const std::string& path);

/// The folder that relative entries start in, and the one that the list lies in now, mostly the same.
struct PlaylistFolders {
  std::string was, is;
};

/// An entry that names a moved file and can't be made to follow it.
struct LostEntry {
  std::string entry;
  std::string why;
};

struct NewPlaylist {
  std::string bytes;
  std::size_t entries = 0;  ///< that are another text now; 0: the bytes are the old ones
  std::vector<LostEntry> lost;
};

/// The playlist with each entry that leads to an old place leading to the new one. Byte order mark, line
/// ends, comments, titles and all other entries stay as they are, byte for byte, also in UTF-16.
NewPlaylist playlist_now(const std::string& bytes, PlaylistKind kind, const PlaylistFolders& folders,
                         MovedFiles& moved);

}  // namespace echofold
