// The name of a file as a playlist writes it, and another file's in the same style.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/playlist/moved_files.h"

namespace echofold {

enum class EntryText : std::uint8_t {
  plain,  ///< a path, or a URI where it says so; in M3U files a path may be percent-encoded all the same
  uri     ///< always a URI, as in XSPF
};

/// Where an entry stands.
struct EntryPlace {
  std::string read_from;   ///< absolute folder: relative entries start there
  std::string written_to;  ///< the folder that the list lies in now, mostly the same
  EntryText text = EntryText::plain;
  bool unicode = false;        ///< the list can hold Unicode alone
  bool any_extension = false;  ///< a file that has another extension by now is meant, too
};

struct EntryNow {
  std::optional<std::string> text;  ///< as it should be from now on; nothing: as it is
  std::string lost;  ///< why it can't be followed although it seems to name a moved file; mostly empty
};

/// The entry as it should be now, when it leads to an old place: relative stays relative, a URI a URI, backslashes
/// backslashes, a code page that code page, and what is encoded with percent signs stays so. The ways in which it can be
/// meant are tried one after the other; the first that leads to a moved file, or to one that is there, is the one. What leads
/// nowhere may lead to a moved file but for case or normal form.
EntryNow entry_now(const std::string& entry, const EntryPlace& place, MovedFiles& moved);

}  // namespace echofold
