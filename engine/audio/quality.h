// What decoding showed of a file's quality.
#pragma once

#include "engine/audio/decode.h"
#include "engine/audio/input.h"
#include "engine/audio/signal_meter.h"
#include "index/record.h"

namespace echofold {

/// Seconds of audio that the container or stream header claims; 0 where it claims nothing. What libav guessed
/// from size and bit rate (raw ADTS, MP3 without a Xing header) is no claim.
double claimed_seconds(const Input& input);

/// Truncated: the whole stream was decoded and is shorter than the claim by more than a second and by
/// more than 2 %; headers round, and encoders count their padding differently. Or the file ends inside an
/// Ogg page.
AudioQuality measure_quality(const Input& input, const Decoded& decoded, const SignalMeter& meter);

}  // namespace echofold
