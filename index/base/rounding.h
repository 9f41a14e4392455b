// Rounds measured numbers for output.
#pragma once

#include <cmath>

namespace echofold {

/// To the nearest, `decimals` 0 .. 9; -0 becomes 0.
inline double rounded(double value, int decimals) noexcept {
  const double scale = std::pow(10.0, decimals);
  const double out = std::round(value * scale) / scale;
  return out == 0 ? 0 : out;
}

/// Downwards: a similarity never rounds up across a threshold (0.97996 is not 0.98). 1e-9 is added first, because
/// 1 - 0.02 is slightly too small in binary.
inline double truncated(double value, int decimals) noexcept {
  const double scale = std::pow(10.0, decimals);
  return std::floor(value * scale + 1e-9) / scale;
}

inline double similarity_out(double similarity) noexcept { return truncated(similarity, 4); }

}  // namespace echofold
