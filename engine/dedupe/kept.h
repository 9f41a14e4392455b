// Files that `undo` brought back: they stay where they are until `--again` is said.
//
// The mark lies in the library's meta data under the track's id, so that it goes with the file through renames, retags
// and rescans. A file with another sound is another track, and not marked.
#pragma once

#include "index/model/fingerprint.h"
#include "index/store/store.h"

namespace echofold {

bool is_kept(const Snapshot& snapshot, TrackId track);
void mark_kept(Writer& writer, TrackId track);
void unmark_kept(Writer& writer, TrackId track);  ///< nothing when it is not marked

}  // namespace echofold
