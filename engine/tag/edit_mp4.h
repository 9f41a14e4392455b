// Changes items in the tag of an MP4 file. Only for engine/tag.
#pragma once

#include "engine/tag/edit_tags.h"

namespace echofold {

/// All other items and atoms stay as they are. A `free` atom after the items absorbs the difference if it can; else
/// what follows moves, and the offsets of chunks are adjusted.
/// @throws Error Fault::unsupported for a header that can't be changed, Fault::damaged, Fault::io
void edit_mp4(int fd, const TagEdit& edit);

}  // namespace echofold
