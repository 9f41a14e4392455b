#include "index/base/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace echofold::base_parallel_test {
namespace {

TEST(Parallel, EachNumberHasItsTurnOnce) {
  std::vector<int> turns(1000);
  parallel_for(turns.size(), [&](std::size_t i) { ++turns[i]; });
  EXPECT_EQ(turns, std::vector<int>(1000, 1));
  parallel_for(0, [&](std::size_t) { FAIL(); });
}

TEST(Parallel, RangesCoverAllOnce) {
  std::vector<int> turns(1001);
  std::atomic<std::size_t> ranges = 0;
  parallel_for_ranges(turns.size(), 100, [&](std::size_t begin, std::size_t end) {
    ++ranges;
    for (std::size_t i = begin; i < end; ++i) ++turns[i];
  });
  EXPECT_EQ(turns, std::vector<int>(1001, 1));
  EXPECT_LE(ranges, 1001 / 50);
}

TEST(Parallel, ALoopThrowsWhatATurnThrows) {
  std::string said;
  try {
    parallel_for(100, [](std::size_t i) {
      if (i == 42) throw std::runtime_error("turn " + std::to_string(i));
    });
  } catch (const std::runtime_error& e) {
    said = e.what();
  }
  EXPECT_EQ(said, "turn 42");
}

TEST(Parallel, BothOfTwoRun) {
  std::string one, other;
  parallel_invoke([&] { one = "one"; }, [&] { other = "other"; });
  EXPECT_EQ(one + other, "oneother");
}

TEST(Parallel, EachThreadHasItsOwn) {
  PerThread<std::vector<std::size_t>> own([] { return std::vector<std::size_t>{1000}; });
  parallel_for(1000, [&](std::size_t i) { own.local().push_back(i); });
  std::vector<std::size_t> all;
  for (std::vector<std::size_t>& some : own) {
    EXPECT_EQ(some.front(), 1000U);
    all.insert(all.end(), some.begin() + 1, some.end());
  }
  std::sort(all.begin(), all.end());
  std::vector<std::size_t> wanted(1000);
  std::iota(wanted.begin(), wanted.end(), 0);
  EXPECT_EQ(all, wanted);
}

/// A pipeline over the numbers below `count`, with values that can only be moved.
struct Numbers {
  explicit Numbers(int count) : count(count) {}

  std::optional<std::unique_ptr<int>> take() {
    if (taken == count) return std::nullopt;
    return std::make_unique<int>(taken++);
  }
  void write(const std::string& text) { written.push_back(text); }

  void run(std::size_t under_way, const std::function<std::string(int)>& work) {
    parallel_pipeline(
        under_way, [&] { return take(); }, [&](std::unique_ptr<int> number) { return work(*number); },
        [&](const std::string& text) { write(text); });
  }

  int count, taken = 0;
  std::vector<std::string> written;
};

TEST(Parallel, APipelineWritesInTheOrderOfTaking) {
  Numbers numbers(500);
  numbers.run(8, [](int number) {
    if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // overtaken by the next
    return std::to_string(number);
  });
  ASSERT_EQ(numbers.written.size(), 500U);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(numbers.written[static_cast<std::size_t>(i)], std::to_string(i));
}

TEST(Parallel, APipelineOfNothingWritesNothing) {
  Numbers numbers(0);
  numbers.run(4, [](int) { return std::string(); });
  EXPECT_TRUE(numbers.written.empty());
}

TEST(Parallel, NoMoreIsUnderWayThanWasSaid) {
  std::atomic<int> under_way = 0, most = 0;
  int taken = 0;
  parallel_pipeline(
      3,
      [&]() -> std::optional<int> {
        if (taken == 200) return std::nullopt;
        const int now = ++under_way;
        most = std::max(most.load(), now);
        return taken++;
      },
      [](int number) { return number; }, [&](int) { --under_way; });
  EXPECT_EQ(taken, 200);
  EXPECT_LE(most, 3);
}

TEST(Parallel, APipelineThrowsWhatAStageThrowsAndWritesNothingBehindIt) {
  Numbers numbers(1000);
  EXPECT_THROW(numbers.run(4,
                           [](int number) {
                             if (number == 100) throw std::runtime_error("100");
                             return std::to_string(number);
                           }),
               std::runtime_error);
  EXPECT_LE(numbers.written.size(), 100U);
  EXPECT_LT(numbers.taken, 1000);
}

TEST(Parallel, AThreadLimitHolds) {
  const ThreadLimit limit(1);
  const std::thread::id self = std::this_thread::get_id();
  std::atomic<int> elsewhere = 0;
  parallel_for(1000, [&](std::size_t) { elsewhere += std::this_thread::get_id() == self ? 0 : 1; });
  EXPECT_EQ(elsewhere, 0);
}

}  // namespace
}  // namespace echofold::base_parallel_test
