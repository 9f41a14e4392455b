// The name of a file as a playlist writes it, and another file's in the same style.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace echofold {

/// Old place -> new place; absolute paths, raw bytes.
using NewPlaces = std::map<std::string, std::string>;

/// Playlists of today are UTF-8, old M3U and PLS files are in the code page of their writer.
enum class EntryText : bool { plain, uri };

/// `entry` as it should be now, when it leads to an old place: relative stays relative (to `folder`, that of
/// the playlist), a file URI a URI, backslashes backslashes, Latin-1 Latin-1.
/// @param folder  absolute
/// @param text    uri: all entries are URIs, as in XSPF; plain: only those that begin with file://
/// @return        nothing when it leads elsewhere, or the new place can't be written in its style
std::optional<std::string> entry_now(const std::string& entry, const std::string& folder, EntryText text,
                                     const NewPlaces& places);

}  // namespace echofold
