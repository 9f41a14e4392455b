// What the measurements of a file's quality mean: signs, and the words for them.
#pragma once

#include <string>
#include <vector>

#include "index/record.h"

namespace echofold {

enum class QualitySign {
  damaged,      ///< frames that did not decode
  truncated,    ///< the audio ends before the header says
  transcode,    ///< "lossless", and yet with the cut-off of a lossy codec
  padded_bits,  ///< the low bits of each sample are zero
  upsampled,    ///< the sample rate is twice and more what the sound needs, and it ends where a lower rate
                ///< would
  dual_mono,    ///< two channels, one sound
  clipped       ///< many runs of samples at full scale
};

bool has_sign(const TrackRecord& track, QualitySign sign);

/// "suspected transcode: nothing above 16.0 kHz", "clipped: 812 times", ...
std::string sign_text(const TrackRecord& track, QualitySign sign);

/// The texts of all its signs, in the order of the enumeration; empty for an honest file.
std::vector<std::string> sign_texts(const TrackRecord& track);

/// What the samples carry, whatever the format could.
unsigned carried_bits(const TrackRecord& track);
unsigned carried_rate_hz(const TrackRecord& track);
unsigned carried_channels(const TrackRecord& track);

}  // namespace echofold
