// Music that only its seller's player can read.
#pragma once

#include "engine/audio/fd_source.h"
#include "engine/audio/libav.h"

namespace echofold {

/// True when the container says that the stream is encrypted: MP4 (`drms` and its kin of iTunes, `enca` of Common
/// Encryption, Audible's books), Matroska and WebM, ASF (WMA). A decoder makes noise of it, or nothing.
/// @param source  as libav sees it
bool is_encrypted(const FdSource& source, const AVFormatContext& format, int stream_index);

}  // namespace echofold
