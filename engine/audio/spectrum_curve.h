// How loud each part of a file's spectrum is, in a form small enough for the store.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/audio/loud_windows.h"

namespace echofold {

/// AudioQuality::spectrum_curve: for each kHz up to half the sample rate, at most 20, the level that a tenth of the
/// loud windows exceed, averaged over the bands in it. Empty if there are not enough loud windows.
std::vector<std::uint8_t> spectrum_curve(const LoudWindows& windows);

}  // namespace echofold
