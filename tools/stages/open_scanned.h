// Opens a music file of the library, if it is as the last scan saw it.
#pragma once

#include "engine/library/music_file.h"
#include "index/model/record.h"

namespace echofold {

/// Its device number may differ: it changes with every mount.
/// @throws Error  Fault::changed if the file is gone or changed since it was scanned; as MusicFile
MusicFile open_scanned(const TrackRecord& track);

}  // namespace echofold
