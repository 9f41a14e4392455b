// No hole in a complete album: the step between what could go and what goes.
#pragma once

#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// Takes losers out of the plan whose going would tear a hole into a complete album: their action becomes `none`, and
/// `why` says it. They go when all of the album goes and its better copies lie in one other album.
///
/// An album is the present tracks of one folder, album tag and disc. It is complete when its track numbers are 1 to n without a
/// gap, and n is the total that a tag gives (2 and more) or, where none does, at least 4. A copy whose number another file of
/// the album has is no hole. What the user chose in a review goes all the same, and so does what a new file (PlanFile::is_new) of
/// the same album replaces, or what is new and has a better copy in the same album. Pure but for reading the library.
void spare_complete_albums(Plan& plan, const Snapshot& snapshot);

}  // namespace echofold
