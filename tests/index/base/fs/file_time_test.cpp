// Times that 64 bits of ns can express, and times that they can't.
#include "index/base/fs/file_time.h"

#include <gtest/gtest.h>

#include <limits>

namespace echofold::fs_file_time_test {
namespace {

TEST(FileTime, IsNsAndBack) {
  for (const std::int64_t ns :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{-1'000'000'000},
        std::int64_t{-1'000'000'001}, std::int64_t{1'700'000'000'123'456'789}}) {
    const FileTime time = file_time_of_ns(ns);
    EXPECT_GE(time.ns, 0);
    EXPECT_LT(time.ns, ns_per_second);
    EXPECT_EQ(ns_of(time), ns);
  }
}

TEST(FileTime, KnowsWhatNsDoNotReach) {
  using Limits = std::numeric_limits<std::int64_t>;
  for (const std::int64_t seconds :
       {std::int64_t{10'413'792'000}, std::int64_t{-12'000'000'000}, Limits::max(), Limits::min()})
    EXPECT_FALSE(ns_of({seconds, 5})) << seconds;
  EXPECT_TRUE(ns_of({9'000'000'000, 999'999'999}));
  EXPECT_TRUE(ns_of({-9'000'000'000, 0}));
}

}  // namespace
}  // namespace echofold::fs_file_time_test
