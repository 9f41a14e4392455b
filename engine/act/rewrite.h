// Gives files new bytes in their place: journalled, proved before, and taken back by undo.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/act/active_run.h"
#include "engine/act/journal/rewrite_step.h"
#include "index/model/record.h"

namespace echofold {

struct RewriteOrder {
  std::string path;   ///< absolute
  Stamp stamp;        ///< what the file must be
  TrackId track = 0;  ///< 0: no track of the library
  RewriteKind kind = RewriteKind::tags;
  bool keep_mtime = false;  ///< the new file gets the mtime of the old one
};

/// How the new bytes come about. Both are called once, in this order, and may throw an Error, which leaves
/// the file as it was.
struct NewBytes {
  /// Changes `copy`: a file of the same bytes, open for reading and writing, its position at the start. Its
  /// descriptor stays the caller's.
  std::function<void(int copy)> change;
  /// Proves that `copy` is what it should be, beside the file as it is.
  /// @return  the tags that the track's record has from now on; nothing: those that it has
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
  std::string path;  ///< absolute; gives up its bytes for those of the keeper, which are equal
  Stamp stamp;       ///< what it must be
  TrackId track = 0;
  std::string keeper;  ///< absolute
  Stamp keeper_stamp;  ///< what that must be
  LinkKind how = LinkKind::hard;
};

struct Rewritten {
  bool done = false;
  Stamp left;           ///< of the file when it is done
  std::string skipped;  ///< why not, with the path; empty when done
};

/// Rewrites files, one after the other, as steps of a run. Opens the run when it is first needed.
///
/// Each: a copy under a hidden name in the file's folder with its mode, owner and extended attributes; changed, verified,
/// durable; a delta from the new bytes to the old ones in `<db>/runs/<run>.undo`, proved by applying it; the intent in the
/// journal; then both files trade places (renameat2(RENAME_EXCHANGE)), and the old one goes only when what came out is the
/// very file that was copied. For file systems that can't exchange see swap.h. The track's record gets the new stamp and tags
/// at once, so that no scan opens the file.
///
/// A file that has changed, has further hard links, belongs to somebody who can't be given the copy, or is no regular file is
/// skipped and stays as it is.
class Rewriter {
 public:
  /// @param run  has to outlive this
  explicit Rewriter(ActiveRun& run) noexcept : run_(run) {}

  /// @throws Error  only when the journal or the store can't be written: recover() does the rest
  Rewritten rewrite(const RewriteOrder& order, const NewBytes& bytes);

  /// Lets the file share its bytes with the keeper's, which are compared with them first, byte by byte. As a hard link it takes
  /// the keeper's time, mode and owner; what it had is in the journal, and undo makes it a file of its own again. A reflink
  /// keeps its own. Skipped, with the reason, where the file system can't.
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

/// Ends a run that did nothing but rewrite. @param interrupted  stopped on request before all was done
RewriteSummary close_rewrites(ActiveRun& run, bool interrupted);

}  // namespace echofold
