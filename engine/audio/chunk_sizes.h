// Corrects the lengths in files of chunks, which libav would trust.
#pragma once

#include "engine/audio/fd_source.h"
#include "engine/audio/stored_length.h"

namespace echofold {

/// For RIFF, RF64, W64 and AIFF: corrects a wrong length in `source`, which then ends where the audio does. Wrong
/// lengths are 0 and all ones, which programs write until they know the length; too small ones, if the rest of the
/// file shows it; and ones beyond the end of the file. Returns `unknown` for every other file.
StoredLength correct_chunk_sizes(FdSource& source);

}  // namespace echofold
