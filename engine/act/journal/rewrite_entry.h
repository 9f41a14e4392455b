// The journal's entry of a file that got new bytes, and how to get the old ones back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/act/files/attributes.h"
#include "engine/act/journal/entry_state.h"
#include "index/base/fs/file_time.h"
#include "index/model/record.h"

namespace echofold {

/// One rewrite. Rewrites are numbered from 1 in each run, separately from moves. Paths are absolute bytes.
struct Rewrite {
  std::uint64_t number = 0;
  TrackId track = 0;  ///< 0: no track of the library (a playlist)
  std::string path;
  Stamp stamp;                               ///< of the file before
  std::uint32_t mode = 0, uid = 0, gid = 0;  ///< likewise
  std::string made_by;                       ///< "tags", "playlist", "hard_link", "reflink"
  std::string keeper;                        ///< of a link: the file that it shares its bytes with
  std::optional<FileTime> far_mtime{};       ///< of the file before, where the stamp does not reach it

  FileTime mtime() const noexcept { return far_mtime.value_or(file_time_of_ns(stamp.mtime_ns)); }
};

/// What is known once the new bytes are ready beside the file and the delta back to the old ones is proved.
struct Prepared {
  Stamp made;                 ///< of the new file, still under its temporary name
  std::string before, after;  ///< XXH3-128 of the bytes, 32 hex digits
  std::string delta;  ///< name in the undo folder of the run: with it, the new bytes give the old ones
  std::optional<Tags> tags_before, tags_after;  ///< of the track's record, where the rewrite changes them
  Attributes attributes;                        ///< of the old file, where the new can't have them
};

struct RewriteEntry {
  Rewrite rewrite;
  std::optional<Prepared>
      prepared;  ///< none: a crash, or a skip, before anything but a temporary file was made
  MoveState state = MoveState::intended;
  Stamp left;              ///< of the file as the run left it; all zero until it is done
  std::string note;        ///< why it was skipped or not taken back
  std::uint64_t line = 0;  ///< of the journal, where it was announced: undo goes backwards
  bool by_user = false;    ///< undone since the user asked for it, not by the run itself
};

/// Whether the rewrite replaced a copy with a link to its keeper. For the track this is the same as being set aside.
inline bool is_link(const Rewrite& rewrite) noexcept {
  return rewrite.made_by == "hard_link" || rewrite.made_by == "reflink";
}

}  // namespace echofold
