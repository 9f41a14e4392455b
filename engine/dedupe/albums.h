// The guard of complete albums: no plan leaves a gap in one.
#pragma once

#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// Spares losers that would leave a gap in a complete album: their action becomes `none`, and `why` says so. They still
/// go if the whole album goes and all its better copies lie in one other album.
///
/// An album here is the present tracks of one disc in one folder (disc_in_folder), without trash folders. It is
/// complete when its track numbers run from 1 to n without a gap, and n is the total that a tag gives (2 or more) or,
/// if no tag gives one, at least 4. A loser leaves no gap if another file of the album has its number. Some losers go
/// in any case: one that the user chose in a review, and one of a pair of which a copy is new (PlanFile::is_new) and
/// both have the same album title. Pure, except that it reads the library.
void spare_complete_albums(Plan& plan, const Snapshot& snapshot);

}  // namespace echofold
