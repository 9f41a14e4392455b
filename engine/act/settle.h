// Where a file is after a move that was not seen to its end: a crash, a failing disk.
#pragma once

#include <string>
#include <vector>

#include "engine/act/journal.h"

namespace echofold {

enum class Whereabouts : std::uint8_t {
  old_place,  ///< at `from`
  set_aside,  ///< at `to`
  unknown     ///< at neither that can be seen (a drive that is not mounted?): look again another time
};

struct Settled {
  Whereabouts where = Whereabouts::unknown;
  Stamp stamp;       ///< of the file where it is
  std::string note;  ///< what was found, for the journal and the user
};

/// Looks, and tidies what a crash left of a move in either direction.
///
/// A file under both names keeps its old place: the name in the set-aside folder goes, but only when it is a
/// second link of the same file, a copy of the same bytes, or an empty placeholder of ours. In doubt both
/// stay and it counts as set aside. Temporary copies of this move go as soon as the file itself was seen.
/// Never removes anything else; never throws on what it finds: an error is `unknown`.
/// @param run_entries  the moves of the same run: what one of them has left is never taken for this one's
Settled settle(const Move& move, const std::string& run, const std::vector<JournalEntry>& run_entries);

}  // namespace echofold
