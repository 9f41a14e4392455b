// Finds out where a file is after a move that a crash or a failing disk interrupted.
#pragma once

#include <string>
#include <vector>

#include "engine/act/journal/move_entry.h"

namespace echofold {

enum class Whereabouts : std::uint8_t {
  old_place,  ///< at `from`
  set_aside,  ///< at `to`
  unknown     ///< neither can be seen (an unmounted drive?): look again later
};

struct ResolvedMove {
  Whereabouts where = Whereabouts::unknown;
  Stamp stamp;       ///< of the file where it is
  std::string note;  ///< what was found, for the journal and the user
};

/// Looks where the file is, and removes what a crash left of a move in either direction.
///
/// A file under both names keeps its old place. The name in the set-aside folder is removed, but only if it is a second link
/// of the same file, a copy with the same bytes, or an empty placeholder of ours. Otherwise both stay, and the file counts as
/// set aside. Temporary copies of this move are removed once the file itself was seen. Nothing else is ever removed. Never
/// throws because of what it finds: an error gives `unknown`.
/// @param run_entries  the moves of the same run, so that what another one left is not taken for this one's
ResolvedMove resolve_move(const Move& move, const std::string& run,
                          const std::vector<JournalEntry>& run_entries);

}  // namespace echofold
