// See window.h.
#include "engine/listen/window.h"

#include <cmath>
#include <numbers>

namespace echofold {

std::vector<float> hann_window(std::size_t samples) {
  std::vector<float> window(samples);
  for (std::size_t i = 0; i < samples; ++i)
    window[i] = static_cast<float>(
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(samples)));
  return window;
}

}  // namespace echofold
