// Gives files new bytes in place. Each rewrite is proved first and journalled, and undo takes it back.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/act/active_run.h"
#include "engine/act/journal/rewrite_step.h"
#include "index/base/error.h"
#include "index/model/record.h"

namespace echofold {

struct RewriteOrder {
  std::string path;   ///< absolute
  Stamp stamp;        ///< what the file must be
  TrackId track = 0;  ///< 0: no track of the library
  RewriteKind kind = RewriteKind::tags;
  bool keep_mtime = false;  ///< the new file gets the mtime of the old one
};

/// Makes the new bytes and proves them. Both functions are called once, in this order. If one throws an Error, the file
/// stays as it was.
struct NewBytes {
  /// Changes `copy`, a file with the same bytes, open for reading and writing, its position at the start. The
  /// descriptor stays the caller's.
  std::function<void(int copy)> change;
  /// Proves that `copy` is what it should be, compared with the unchanged `file`.
  /// @return  the new tags of the track's record; nothing: the record's tags do not change
  std::function<std::optional<Tags>(int file, int copy)> verify;
};

/// How a copy shares its bytes with its keeper.
enum class LinkKind : std::uint8_t {
  hard,    ///< one file under two names
  reflink  ///< two files that share their bytes on the disk (FICLONE: btrfs, XFS, bcachefs)
};

constexpr RewriteKind rewrite_kind_of(LinkKind link) noexcept {
  return link == LinkKind::hard ? RewriteKind::hard_link : RewriteKind::reflink;
}

struct LinkOrder {
  std::string path;  ///< absolute; its bytes are replaced by those of the keeper, which are equal
  Stamp stamp;       ///< what it must be
  TrackId track = 0;
  std::string keeper;  ///< absolute
  Stamp keeper_stamp;  ///< what that must be
  LinkKind how = LinkKind::hard;
};

/// What became of a rewrite.
struct Rewritten {
  Stamp left = {};                    ///< of the rewritten file, if it is done
  std::optional<Error> failure = {};  ///< why it is not done, with the path
  bool done() const noexcept { return !failure; }
};

/// Rewrites files, one after the other, as steps of a run. Opens the run when it is first needed.
///
/// Each rewrite starts with a copy under a hidden name in the file's folder, with the file's mode, owner and extended
/// attributes. The copy is changed, verified and made durable. A delta from the new bytes to the old ones is written
/// to `<db>/runs/<run>.undo` and proved by applying it. The intent is written to the journal. Then both files
/// exchange places (renameat2(RENAME_EXCHANGE)), and the old one is removed only if what came out is the very file
/// that was copied. For file systems that can't exchange see swap.h. The track's record gets the new stamp and tags
/// at once, so that no scan opens the file.
///
/// A file is skipped and stays as it is if it has changed, has further hard links, is no regular file, or belongs to
/// a user or group that the copy can't be given.
class Rewriter {
 public:
  /// @param run  has to outlive this
  explicit Rewriter(ActiveRun& run) noexcept : run_(run) {}

  /// @throws Error  only if the journal or the store can't be written; recover() then does the rest
  Rewritten rewrite(const RewriteOrder& order, const NewBytes& bytes);

  /// Makes the file share its bytes with the keeper's, which are compared with them before, byte by byte. A hard link
  /// has the keeper's time, mode and owner; those of the file are in the journal, and undo makes it a file of its own
  /// again. A reflink keeps its own. If the file system can't do it, the file is skipped, with the reason.
  /// @throws Error  as rewrite()
  Rewritten link(const LinkOrder& order);

  /// The name of the run, as undo() takes it. Valid once it is open.
  const std::string& run() const noexcept { return run_.run(); }

 private:
  ActiveRun& run_;
};

struct RewriteSummary {
  std::string run;  ///< empty when there was nothing to do
  std::uint64_t rewritten = 0, skipped = 0;
};

/// Ends a run that only rewrote files. @param interrupted  stopped on request before all was done
RewriteSummary close_rewrites(ActiveRun& run, bool interrupted);

}  // namespace echofold
