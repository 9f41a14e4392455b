// Files that `undo` brought back: they stay where they are until `--again` is given.
//
// The mark is in the library's metadata under the track's id, so it survives renames, retags and rescans. A file whose
// sound changed is another track, without the mark.
#pragma once

#include "index/model/fingerprint.h"
#include "index/store/store.h"

namespace echofold {

bool is_kept(const Snapshot& snapshot, TrackId track);
void mark_kept(Writer& writer, TrackId track);
void unmark_kept(Writer& writer, TrackId track);  ///< no effect if it is not marked

}  // namespace echofold
