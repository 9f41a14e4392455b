// Recognises music that is encrypted (DRM): only its seller's player can read it.
#pragma once

#include "engine/audio/fd_source.h"
#include "engine/audio/libav.h"

namespace echofold {

/// True if the container marks the stream as encrypted: MP4 (iTunes' `drms` and the like, `enca` of Common
/// Encryption, Audible's books), Matroska and WebM, ASF (WMA). A decoder would return noise, or nothing.
/// @param source  as libav sees it
bool is_encrypted(const FdSource& source, const AVFormatContext& format, int stream_index);

}  // namespace echofold
