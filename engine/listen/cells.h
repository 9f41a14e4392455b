// What both recordings hold in each short window, channel and band.
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/audio/stereo_reader.h"
#include "engine/audio/stereo_spectrum.h"
#include "engine/listen/bands.h"

namespace echofold {

/// Powers are of full scale: a sine of amplitude 1 has .5.
struct Cell {
  float a = 0, b = 0;         ///< power of each recording
  std::complex<float> cross;  ///< of both: |cross|^2 = a * b if one is the other with another level and phase
};

enum class ListenChannel : std::uint8_t { mid, side };
inline constexpr std::size_t listen_channels = 2;

/// The cells of up to some minutes: frame by frame, in each first those of mid, then those of side.
struct CellTable {
  std::size_t bands = 0;
  std::vector<Cell> cells = {};

  std::size_t frames() const noexcept { return bands == 0 ? 0 : cells.size() / (listen_channels * bands); }
  const Cell& at(std::size_t frame, ListenChannel channel, std::size_t band) const {
    return cells[(frame * listen_channels + static_cast<std::size_t>(channel)) * bands + band];
  }
};

/// Makes cells of two streams of samples that belong together: a[i] and b[i] are the same moment.
class CellMaker {
 public:
  explicit CellMaker(const ListenBands& bands);  ///< @throws std::bad_alloc

  /// Appends the cells of one window of each recording.
  void add(std::span<const MidSide> a, std::span<const MidSide> b, CellTable& table);

 private:
  ListenBands bands_;
  std::vector<float> hann_;
  float scale_;
  StereoSpectrum a_, b_;
};

}  // namespace echofold
