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
inline constexpr double low_end_hz = 700, middle_end_hz = 4500;
/// An equaliser of so much is the band limit of one of the two.
inline constexpr float lacking_db = 20;

constexpr ListenRange listen_range(double hz) noexcept {
  if (hz < low_end_hz) return ListenRange::low;
  return hz < middle_end_hz ? ListenRange::middle : ListenRange::high;
}

/// Each has one value a frame, in dB: the mean over the audible cells of a range, averaged over a fifth of a second.
struct DifferenceTrack {
  std::vector<float> residual;  ///< how much more of b is not in a than usual for this pair and band
  std::vector<float> joint;  ///< the geometric mean of that and of the difference of the levels, cell by cell
};

struct Differences {
  std::array<std::array<DifferenceTrack, listen_ranges>, listen_channels> tracks;
  std::vector<float> treble_level_db;  ///< a frame: by how much the levels of mid differ in ListenRange::high
  std::vector<float> power_a_db, power_b_db;  ///< a frame: all channels and bands
  float loud_db = 0;                          ///< power_a_db that 5 % of the frames exceed
  std::vector<float> gain_db;  ///< a frame: level of b over a, beyond the equaliser; median of 2 s
  std::array<std::vector<float>, listen_channels>
      equaliser_db;  ///< a band: median level of b over a, the gain of the whole included
  std::vector<float> band_a_db,
      band_b_db;  ///< a band of mid: the level that a twentieth of the frames exceed
  std::array<std::vector<float>, listen_channels>
      usual_residual;  ///< a band: median of the part of b not in a, 0 .. 1
};

/// @param table  at least one frame
Differences differences(const CellTable& table, const ListenBands& bands);

}  // namespace echofold
