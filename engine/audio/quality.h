// What decoding showed about a file's quality.
#pragma once

#include "engine/audio/decode.h"
#include "engine/audio/input.h"
#include "engine/audio/signal_meter.h"
#include "index/model/record.h"

namespace echofold {

/// What the samples showed, and whether frames are missing or damaged (stream_end.h).
AudioQuality measure_quality(const Input& input, const Decoded& decoded, const SignalMeter& meter);

}  // namespace echofold
