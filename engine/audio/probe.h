// What a stream is: codec, rates, channels.
#pragma once

#include "engine/audio/decode.h"
#include "engine/audio/input.h"
#include "index/model/record.h"

namespace echofold {

/// Judged by the codec alone: a hybrid WavPack counts as exact.
Coding coding_of(const Input& input);

/// Describes the stream from its headers and from what decoding showed. The bit rate is that of the packets that were
/// read. The duration is what was decoded, or what the header claims if a limit stopped the decoder.
AudioProperties describe(const Input& input, const Decoded& decoded);

}  // namespace echofold
