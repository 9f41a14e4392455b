// The library, a row for each track, with the track's place in a plan: what `export` writes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/dedupe/plan.h"
#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

/// `state` is one of
///   keep       the best copy of a group with something to move or to review
///   duplicate  the plan would move it
///   review     the plan leaves it to the user
///   related    an edit, another version or too little to tell; never acted on
///   kept       a copy that stays because `undo` brought it back
///   protected  any other copy that stays: in a protected folder, in a complete album, better than a protected copy
///   unique     no copy was found (also the best of a group that is only related)
///   set_aside, missing            where its file is
///   link       a further name (hard link) of the file `link_of`, which has a row of its own
///   failed, too_short, silent     why it has no fingerprint
struct LibraryRow {
  TrackRecord track;
  std::string_view state;          ///< static storage
  std::uint32_t group = 0;         ///< of the plan; 0: in none
  std::uint32_t quality_rank = 0;  ///< in its group, 1 the best; 0: in none
  std::string duplicate_of;        ///< the group's keeper; empty for a keeper and for a track in no group
  double similarity = 0;           ///< with the keeper, if there is a duplicate_of
  Relation relation = Relation::unrelated;
  std::string why;                              ///< the plan's reason, or why the track failed
  std::string link_of;                          ///< of state `link`; `track.path` is the further name
  std::optional<std::string> fingerprint = {};  ///< as fpcalc prints it; nothing: not requested
};

/// A row for each name of a file, sorted by the bytes of the paths. The plan must be of this library.
void for_each_library_row(const Snapshot& snapshot, const Plan& plan,
                          const std::function<void(const LibraryRow&)>& visit);

}  // namespace echofold
