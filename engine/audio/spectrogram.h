// A coarse spectrum of a file over time, in which a cutoff is searched for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/power_spectrum.h"

namespace echofold {

/// Levels of windows that lie at least an eighth of a second apart, in bands of about 172 Hz.
///
/// A level is the density of a band in whole dB: white noise has its mean square in every band. Full scale is a
/// square of 1, so the rounding noise of 16 bits lies at -101 dB in each channel.
/// Memory is bounded: at `most_windows` every second window is dropped, and from then on only every second new one is
/// stored, and so on.
class Spectrogram {
 public:
  static constexpr std::size_t most_windows = 8192;
  static constexpr std::size_t bins_a_band = 8;
  static constexpr int lowest_db = -200, highest_db = 199;  ///< levels are clamped to these

  explicit Spectrogram(int sample_rate_hz);  ///< @throws std::bad_alloc

  std::size_t window_samples() const noexcept { return hann_.size(); }
  std::size_t period_samples() const noexcept { return period_samples_; }
  std::size_t bands() const noexcept { return hann_.size() / 2 / bins_a_band; }
  double band_hz() const noexcept;
  std::size_t windows() const noexcept { return clean_.size(); }

  /// @param window  window_samples() samples
  /// @param clean   none of them was clipped; clipping would fill every band
  void add(std::span<const float> window, bool clean);

  /// Levels of one window, lowest band first, in dB.
  std::span<const std::int16_t> levels(std::size_t window) const;
  bool clean(std::size_t window) const { return clean_[window]; }

 private:
  void thin_out();

  int sample_rate_hz_;
  std::size_t period_samples_;
  std::vector<float> hann_;
  double square_sum_ = 0;  // sum of the squares of hann_
  PowerSpectrum spectrum_;
  std::vector<float> band_powers_;
  std::vector<std::int16_t> levels_;
  std::vector<bool> clean_;
};

}  // namespace echofold
