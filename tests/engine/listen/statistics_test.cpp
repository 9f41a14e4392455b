// Moving medians are those of each window sorted anew.
#include "engine/listen/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/stereo_sound.h"

namespace echofold::listen_statistics_test {
namespace {

/// Slow and plain.
float median_around(const std::vector<float>& values, std::size_t i, std::size_t width) {
  const std::size_t half = width / 2, first = i > half ? i - half : 0;
  std::vector<float> window;
  for (std::size_t k = first; k < std::min(values.size(), i + half + 1); ++k) window.push_back(values[k]);
  return percentile(window, 0.5);
}

TEST(ListenStatistics, AMovingMedianIsThatOfEachWindow) {
  for (const std::size_t count : {0U, 1U, 2U, 7U, 100U})
    for (const std::size_t width : {1U, 2U, 3U, 87U, 300U}) {
      std::vector<float> values = test::noise(count + width, 20, count);
      for (std::size_t i = 0; i + 1 < count; i += 5) values[i + 1] = values[i];  // the same number twice
      const std::vector<float> medians = moving_median(values, width);
      ASSERT_EQ(medians.size(), count);
      for (std::size_t i = 0; i < count; ++i)
        EXPECT_EQ(medians[i], median_around(values, i, width)) << count << " " << width << " " << i;
    }
}

TEST(ListenStatistics, WhatIsNoNumberDoesNoHarm) {
  std::vector<float> values = test::noise(1, 20, 200);
  for (std::size_t i = 0; i < values.size(); i += 3) values[i] = std::nanf("");
  EXPECT_EQ(moving_median(values, 31).size(), values.size());
}

}  // namespace
}  // namespace echofold::listen_statistics_test
