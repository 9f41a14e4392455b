// A part of the spectrum that only one of two copies has.
#pragma once

#include <cstdint>
#include <optional>

#include "index/model/record.h"

namespace echofold {

struct FrequencyBand {
  std::uint32_t from_hz = 0, to_hz = 0;
};

/// The widest part of the spectrum below 18 kHz, at least 2 kHz wide, in which `whole` has sound and `cut` has almost
/// none: 12 dB or more less, once both are made equally loud below 4 kHz. That is more than encoders add above dark
/// music. A level more than 65 dB below the loudest part of `whole` does not count as sound. Nothing if a curve is
/// empty (AudioQuality::spectrum_curve). Pure.
std::optional<FrequencyBand> missing_band(const TrackRecord& cut, const TrackRecord& whole);

}  // namespace echofold
