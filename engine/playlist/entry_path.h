// Resolves the name of a file in a playlist, and writes another name in the same style.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/playlist/moved_files.h"

namespace echofold {

enum class EntryText : std::uint8_t {
  plain,  ///< a path, or a URI if it starts like one; in M3U files, a path may also be percent-encoded
  uri     ///< always a URI, as in XSPF
};

/// The playlist that an entry is in.
struct EntryPlace {
  std::string read_from;   ///< absolute folder to which relative entries refer
  std::string written_to;  ///< the folder that the list is in now, usually the same
  EntryText text = EntryText::plain;
  bool unicode = false;        ///< the list can hold only Unicode
  bool any_extension = false;  ///< an entry also matches a file whose extension has changed
};

struct UpdatedEntry {
  std::optional<std::string> text;  ///< the new text of the entry; nothing: it stays as it is
  std::string lost;  ///< why an entry can't be updated although it seems to name a moved file; usually empty
};

/// The entry as it should be now, if it leads to an old place. The style is preserved: relative paths, URIs,
/// backslashes, code page and percent-encoding stay. The possible meanings are tried one after the other; the first
/// that leads to a moved file or to an existing file is used. If none does, moved files that differ only in case or
/// normal form are tried.
UpdatedEntry updated_entry(const std::string& entry, const EntryPlace& place, MovedFiles& moved);

}  // namespace echofold
