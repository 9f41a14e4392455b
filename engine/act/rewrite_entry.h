// The journal's other kind of entry beside a move: a file that got new bytes in its place, and how to have
// the old ones again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/act/attributes.h"
#include "engine/disk/file_time.h"
#include "index/record.h"

namespace echofold {

/// What an entry of a journal, move or rewrite, came to.
enum class MoveState : std::uint8_t {
  intended,   ///< announced; as it was, as it is to be, or a crash left it in between
  done,       ///< moved: at `to`; rewritten: the new bytes are in its place
  skipped,    ///< as it was
  restoring,  ///< announced by undo; in between, as `intended`
  undone,     ///< as it was, again
  purging,    ///< of a move: announced by purge; still at `to`, or deleted
  purged      ///< of a move: deleted for good
};

/// One rewrite, numbered in its run from 1, apart from the moves. Paths are absolute bytes.
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

/// What is known when the new bytes lie ready beside the file and the old ones can be had from them.
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

/// Whether it put a link to the keeper in a copy's place: the copy of a track went, as if it were set aside.
inline bool is_link(const Rewrite& rewrite) noexcept {
  return rewrite.made_by == "hard_link" || rewrite.made_by == "reflink";
}

/// The folder of the deltas of a run, beside its journal.
inline constexpr const char* undo_folder_extension = ".undo";

}  // namespace echofold
