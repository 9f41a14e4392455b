// How loud each part of a file's spectrum is, small enough for the store.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/audio/loud_windows.h"

namespace echofold {

/// AudioQuality::spectrum_curve: of each whole kHz up to half the sample rate, 20 at most, the mean over its bands of the
/// level that a tenth of the loud windows exceed. Empty where there are not enough of them.
std::vector<std::uint8_t> spectrum_curve(const LoudWindows& windows);

}  // namespace echofold
