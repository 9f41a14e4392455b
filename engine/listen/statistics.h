// Percentiles and moving averages of the values of frames.
#pragma once

#include <cstddef>
#include <vector>

namespace echofold {

/// The value that `part` (0 .. 1) of the values do not exceed; 0 if there are none. Changes the order of `values`.
float percentile(std::vector<float>& values, double part);

/// A moving mean over `width` values. Beyond the ends they count as 0.
std::vector<float> moving_mean(const std::vector<float>& values, std::size_t width);

/// A moving median over `width` values, an odd number. At the ends it takes those that are there.
std::vector<float> moving_median(const std::vector<float>& values, std::size_t width);

}  // namespace echofold
