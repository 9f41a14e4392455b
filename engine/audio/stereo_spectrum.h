// The spectra of mid and side in a window of samples.
#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "engine/audio/stereo_reader.h"

namespace echofold {

/// Both spectra come from one complex transform of libav: mid is its real part, side its imaginary part.
class StereoSpectrum {
 public:
  /// @param samples  in a window: a power of two
  /// @param end      after the last bin that is wanted, at most samples / 2
  /// @throws std::bad_alloc
  StereoSpectrum(std::size_t samples, std::size_t end);
  ~StereoSpectrum();
  StereoSpectrum(StereoSpectrum&&) noexcept;

  /// Computes bins 0 .. end - 1 of samples[i] * window[i]. Both have the length of the constructor.
  void compute(std::span<const MidSide> samples, std::span<const float> window);

  /// Of the last compute(), unscaled. Valid until the next one.
  std::span<const std::complex<float>> mid() const noexcept { return mid_; }
  std::span<const std::complex<float>> side() const noexcept { return side_; }

 private:
  struct Transform;

  void take_apart();  ///< the transform's result into mid_ and side_

  std::unique_ptr<Transform> transform_;
  std::vector<std::complex<float>> mid_, side_;
};

}  // namespace echofold
