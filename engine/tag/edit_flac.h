// Changes the comments of a FLAC file and adds pictures. Only for engine/tag.
#pragma once

#include "engine/tag/edit_tags.h"

namespace echofold {

/// All other blocks stay as they are, in their order. Padding absorbs the difference if there is enough.
/// @throws Error Fault::unsupported for two blocks of comments or a block that becomes too large, Fault::io
void edit_flac(int fd, const TagEdit& edit);

}  // namespace echofold
