// A step of a run that moves a file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/act/files/attributes.h"
#include "engine/act/journal/step_state.h"
#include "index/base/fs/file_time.h"
#include "index/base/fs/stamp.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// The purpose of a move. It decides what the record says of the file's place.
enum class MovePurpose : std::uint8_t {
  set_aside,  ///< out of the library, to the set-aside folder
  rename      ///< to another name within the library
};

/// One move, numbered in its run from 1; 0: it was never announced. Paths are absolute bytes.
struct Move {
  std::uint64_t number = 0;
  TrackId track = 0;  ///< 0: not a track but a partner file of one
  MovePurpose purpose = MovePurpose::set_aside;
  std::string from, to;
  Stamp stamp;                               ///< of the file at `from` before the move
  std::uint32_t mode = 0, uid = 0, gid = 0;  ///< likewise: not every file system keeps them
  std::string keeper;                        ///< the copy that stays, for the reader of the journal
  std::string root;                          ///< the library folder that `from` belongs to
  /// Of a partner file: the `from` of its music. The partner file is moved first, and moved back if the music stays.
  std::string goes_with = {};
  std::optional<FileTime> far_mtime{};  ///< the file's mtime if it does not fit the stamp's 64 bits of ns
  /// Of a further name (hard link): the `from` of the loser whose file it names. `goes_with` is then the same, so
  /// that older versions, which do not know links, also move all names or none.
  std::string link_of = {};
  Attributes attributes = {};  ///< of the file, if `to` lies on another file system, which may not hold them

  FileTime mtime() const noexcept { return far_mtime.value_or(file_time_of_ns(stamp.mtime_ns)); }
};

struct MoveStep : StepOutcome {
  Move move;
};

}  // namespace echofold
