// The Hann window of all spectra of listening.
#pragma once

#include <cstddef>
#include <vector>

namespace echofold {

std::vector<float> hann_window(std::size_t samples);

/// The sum of its squares.
constexpr double hann_square_sum(std::size_t samples) noexcept {
  return static_cast<double>(samples) * 3 / 8;
}

}  // namespace echofold
