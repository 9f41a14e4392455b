// A part of the spectrum that only one of two copies has.
#pragma once

#include <cstdint>
#include <optional>

#include "index/model/record.h"

namespace echofold {

struct FrequencyBand {
  std::uint32_t from_hz = 0, to_hz = 0;
};

/// The widest part of the spectrum, 2 kHz and more below 18 kHz, in which `whole` has sound and `cut` has next to nothing:
/// 12 dB apart and more once both are equally loud below 4 kHz. That is more than encoders add above dark music. What lies
/// more than 65 dB below the loudest part of `whole` is no sound. Nothing where a curve is empty
/// (AudioQuality::spectrum_curve). Pure.
std::optional<FrequencyBand> missing_band(const TrackRecord& cut, const TrackRecord& whole);

}  // namespace echofold
