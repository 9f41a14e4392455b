// A step of a run that gives a file new bytes, and how to get the old ones back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/act/files/attributes.h"
#include "engine/act/journal/step_state.h"
#include "index/base/fs/file_time.h"
#include "index/model/record.h"

namespace echofold {

/// What a rewrite is for.
enum class RewriteKind : std::uint8_t {
  tags,
  playlist,
  cue_sheet,
  hard_link,  ///< a copy becomes a further name of its keeper's file
  reflink     ///< a copy shares its bytes on the disk with its keeper
};

/// As the journal and the reports have it: "tags", "playlist", "cue_sheet", "hard_link", "reflink".
std::string_view name_of(RewriteKind kind) noexcept;
/// Nothing if there is no such kind.
std::optional<RewriteKind> rewrite_kind(std::string_view name) noexcept;

/// Whether a copy is replaced with a link to its keeper. For the track this is the same as being set aside.
constexpr bool is_link(RewriteKind kind) noexcept {
  return kind == RewriteKind::hard_link || kind == RewriteKind::reflink;
}

/// One rewrite. Rewrites are numbered from 1 in each run, separately from moves; 0: it was never announced. Paths are
/// absolute bytes.
struct Rewrite {
  std::uint64_t number = 0;
  TrackId track = 0;  ///< 0: no track of the library (a playlist)
  std::string path;
  Stamp stamp;                               ///< of the file before
  std::uint32_t mode = 0, uid = 0, gid = 0;  ///< likewise
  RewriteKind kind = RewriteKind::tags;
  std::string keeper;                   ///< of a link: the file that it shares its bytes with
  std::optional<FileTime> far_mtime{};  ///< of the file before, if it does not fit the stamp

  FileTime mtime() const noexcept { return far_mtime.value_or(file_time_of_ns(stamp.mtime_ns)); }
};

/// What is known once the new bytes are ready beside the file and the delta back to the old ones is proved.
struct Prepared {
  Stamp made;                 ///< of the new file, still under its temporary name
  std::string before, after;  ///< XXH3-128 of the bytes, 32 hex digits
  std::string delta;  ///< name in the undo folder of the run: with it, the new bytes give the old ones
  std::optional<Tags> tags_before, tags_after;  ///< of the track's record, if the rewrite changes them
  Attributes attributes;                        ///< of the old file, if the new one can't have them
};

struct RewriteStep : StepOutcome {
  Rewrite rewrite;
  /// Nothing if a crash or a skip came before anything but a temporary file was made.
  std::optional<Prepared> prepared = {};
};

}  // namespace echofold
