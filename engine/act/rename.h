// Renames files within the library: each is checked again and journalled, and undo takes it back.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/act/journal/step.h"
#include "index/store/store.h"

namespace echofold {

/// A new name for a file. Paths are absolute. The folder of `to` is made if it is missing.
struct Rename {
  TrackId track = 0;  ///< 0: a file that goes along with a track
  std::string from, to;
  std::string root;       ///< the library folder of `from`; emptied folders are removed only below it
  Stamp stamp;            ///< what `from` must be when its turn comes
  std::string with = {};  ///< of a partner file: the `from` of its music. Both are renamed, or neither
  std::string via = {};   ///< a free name beside `from`, for the time that files are in its way; mostly empty
};

/// One turn in the order of the renames. A file with `via` has two turns.
struct RenameTurn {
  std::size_t rename = 0;  ///< its place in the list
  bool to_via = false;     ///< the first of two turns
};

/// Renames the files in this order, as one run of this kind.
///
/// Each file is looked at just before its turn. It stays where it is if it is not as its stamp says or if its new
/// name is taken by now; a file that waits for its name then stays, too. If this file system takes the new name for
/// the old one (they differ only in case or normal form), the file gets it through `via`, or through a numbered name
/// if `via` is empty. Nothing is overwritten. The library's records are updated at the end of the run. Folders that
/// the run has emptied are removed, and undo makes them again.
///
/// Reports each rename once, as one step from the old name to the new one, when it is done or has failed; then its note
/// says why. A partner file is reported with its music. A stop takes effect between two moves; the renames that it leaves
/// undone have failed.
/// @throws Error  as apply()
ApplySummary rename_files(Store& store, const std::string& kind, const std::vector<Rename>& renames,
                          const std::vector<RenameTurn>& turns,
                          const std::function<void(const MoveStep&)>& on_step = {}, std::stop_token stop = {},
                          const AfterMoves& after_moves = {});

}  // namespace echofold
