// How far two recordings differ at each moment, once levels and equalisers are taken out.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/listen/bands.h"
#include "engine/listen/cells.h"

namespace echofold {

/// Parts of the spectrum that are looked at on their own, so that a voice does not hide in the mean of all bands.
enum class ListenRange : std::uint8_t { low, middle, high, all };
inline constexpr std::size_t listen_ranges = 4;

/// Each has one value a frame, in dB: the mean over the audible cells of a range, averaged over a fifth of a second.
struct DifferenceTrack {
  std::vector<float> level;     ///< by how much the levels differ
  std::vector<float> residual;  ///< how much more of b is not in a than usual for this pair and band
};

struct Differences {
  std::array<std::array<DifferenceTrack, listen_ranges>, listen_channels> tracks;
  std::vector<float> gain_db;  ///< a frame: level of b over a, median of 2 s; 0 where nothing is audible
  std::array<std::vector<float>, listen_channels>
      equaliser_db;  ///< a band: level of b over a, without the gain
  std::array<std::vector<float>, listen_channels>
      usual_residual;  ///< a band: median of the part of b not in a, 0 .. 1
};

/// @param table  at least one frame
Differences differences(const CellTable& table, const ListenBands& bands);

}  // namespace echofold
