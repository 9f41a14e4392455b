// Starts the decoder of an Input's stream.
#pragma once

#include "engine/audio/input.h"
#include "engine/audio/libav.h"

namespace echofold {

/// One thread. Codecs with checksums reject frames whose checksum is wrong.
/// @throws Error Fault::unsupported when it does not start; std::bad_alloc
av::Codec open_decoder(const Input& input);

}  // namespace echofold
