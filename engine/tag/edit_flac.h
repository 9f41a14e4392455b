// The metadata blocks of a FLAC file with other comments and further pictures. Only for engine/tag.
#pragma once

#include "engine/tag/edit_tags.h"

namespace echofold {

/// All other blocks stay as they are, in their order; padding takes up the difference where there is enough.
/// @throws Error Fault::unsupported for two blocks of comments or a block that gets too large, Fault::io
void edit_flac(int fd, const TagEdit& edit);

}  // namespace echofold
