// Renames within the library -> files: journalled, re-checked, undoable.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/act/journal/applied_file.h"
#include "index/store/store.h"

namespace echofold {

/// A new name for a file. Paths are absolute; the folder of `to` is made where it is missing.
struct Rename {
  TrackId track = 0;  ///< 0: a file that goes along with a track
  std::string from, to;
  std::string root;       ///< the library folder of `from`; also the one in which emptied folders are removed
  Stamp stamp;            ///< what `from` must be when its turn comes
  std::string with = {};  ///< of a partner file: the `from` of its music. Both are renamed, or none
  std::string via = {};  ///< a free name beside `from` that it waits under for files in its way; mostly empty
};

/// What is renamed when. A file with `via` has two turns.
struct RenameTurn {
  std::size_t rename = 0;  ///< its place in the list
  bool to_via = false;     ///< the first of two
};

/// Renames the files in this order, as one run of this kind.
///
/// Each is looked at just before: a file that is not as its stamp says, or whose new name is taken by now, stays where
/// it is, and so does one that waited for it. A name that differs only in what this file system takes for the same
/// (case, normal form) is reached through `via`, or a numbered name where there is none. Nothing is overwritten. The
/// library's records follow at once. Folders that the run has emptied are removed, and undo makes them again.
/// Tells each rename once, in the order of the list (AppliedFile::group is 0). A stop is obeyed between two moves.
/// @throws Error  as apply()
ApplySummary rename_files(Store& store, const std::string& kind, const std::vector<Rename>& renames,
                          const std::vector<RenameTurn>& turns,
                          const std::function<void(const AppliedFile&)>& on_file = {},
                          std::stop_token stop = {}, const AfterMoves& after_moves = {});

}  // namespace echofold
