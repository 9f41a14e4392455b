// What a window of samples holds of each frequency.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace echofold {

/// Squared magnitudes of a real transform, by libav's complex one of half the size and a last step of our own: less
/// than two thirds of the time of libav's real transforms.
class PowerSpectrum {
 public:
  /// @param samples  of a window: an even number that libav has a transform for, such as a power of two
  /// @param first    bins from here on ..
  /// @param end      .. to before here, at most samples / 2
  /// @throws std::bad_alloc
  PowerSpectrum(std::size_t samples, std::size_t first, std::size_t end);
  ~PowerSpectrum();
  PowerSpectrum(PowerSpectrum&&) noexcept;

  /// To be filled before each compute().
  std::span<float> window() noexcept;
  /// Of bins first .. end, unscaled. Valid until the next call.
  std::span<const float> compute();

 private:
  struct Transform;

  std::size_t first_;
  std::unique_ptr<Transform> transform_;
  std::vector<float> cosines_, sines_, energies_;
};

}  // namespace echofold
