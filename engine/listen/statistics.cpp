// Straightforward: some ten thousand values a song.
#include "engine/listen/statistics.h"

#include <algorithm>

namespace echofold {

float percentile(std::vector<float>& values, double part) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

std::vector<float> moving_mean(const std::vector<float>& values, std::size_t width) {
  const auto n = static_cast<std::ptrdiff_t>(values.size()), half = static_cast<std::ptrdiff_t>(width / 2);
  std::vector<float> means(values.size());
  const auto at = [&](std::ptrdiff_t i) {
    return i < 0 || i >= n ? 0.0F : values[static_cast<std::size_t>(i)];
  };
  double sum = 0;
  for (std::ptrdiff_t i = -half; i < static_cast<std::ptrdiff_t>(width) - half; ++i) sum += at(i);
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    means[static_cast<std::size_t>(i)] = static_cast<float>(sum / static_cast<double>(width));
    sum += at(i + static_cast<std::ptrdiff_t>(width) - half) - at(i - half);
  }
  return means;
}

std::vector<float> moving_median(const std::vector<float>& values, std::size_t width) {
  std::vector<float> medians(values.size()), window;  // sorted
  const std::size_t half = width / 2, size = values.size();
  const auto place = [&](float value) { return std::lower_bound(window.begin(), window.end(), value); };
  std::size_t end = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (; end < std::min(size, i + half + 1); ++end) window.insert(place(values[end]), values[end]);
    if (i > half) {
      const auto oldest = place(values[i - half - 1]);
      window.erase(oldest == window.end() ? oldest - 1 : oldest);  // what is not a number has no order
    }
    medians[i] = window[(window.size() - 1) / 2];
  }
  return medians;
}

}  // namespace echofold
