// See open_scanned.h.
#include "tools/stages/open_scanned.h"

#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/stamp.h"

namespace echofold {

MusicFile open_scanned(const TrackRecord& track) {
  const auto now = look_at(track.path);
  if (!now || !is_unchanged(track.stamp, stamp_of(*now)))
    throw Error(Fault::changed, "changed since it was scanned");
  return {track.path, stamp_of(*now)};
}

}  // namespace echofold
