// The limit as the service sees it: by the times at which requests may arrive, not at which they start.
#include "engine/online/rate_limit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "index/base/error.h"

namespace echofold::online_rate_limit_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST(RateLimitTest, NoWindowSeesMoreHoweverLongRequestsAreOnTheirWay) {
  constexpr auto window = 100ms;
  RateLimit limit(3, window);
  std::mutex mutex;
  std::vector<Clock::time_point> arrived;
  {
    std::vector<std::jthread> threads;
    for (unsigned thread = 0; thread < 6; ++thread)
      threads.emplace_back([&, thread] {
        std::minstd_rand random(thread);
        for (int i = 0; i < 4; ++i) {
          const RateLimit::Turn turn = limit.take({});
          std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));  // there
          {
            const std::lock_guard lock(mutex);
            arrived.push_back(Clock::now());
          }
          std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));  // and back
        }
      });
  }
  std::sort(arrived.begin(), arrived.end());
  ASSERT_EQ(arrived.size(), 24u);
  for (std::size_t i = 3; i < arrived.size(); ++i) EXPECT_GE(arrived[i] - arrived[i - 3], window) << i;
  EXPECT_LT(arrived.back() - arrived.front(), 24 * window) << "slots are used side by side";
}

TEST(RateLimitTest, AStopEndsEveryWaitAtOnce) {
  RateLimit limit(1, 1h);
  std::stop_source stop;
  {
    const auto turn = limit.take(stop.get_token());
    auto held = std::async(std::launch::async, [&] { EXPECT_THROW(limit.take(stop.get_token()), Error); });
    std::this_thread::sleep_for(20ms);
    stop.request_stop();
    EXPECT_EQ(held.wait_for(2s), std::future_status::ready) << "while the slot is held";
  }
  std::stop_source second;
  auto waits = std::async(std::launch::async, [&] { EXPECT_THROW(limit.take(second.get_token()), Error); });
  std::this_thread::sleep_for(20ms);
  second.request_stop();
  EXPECT_EQ(waits.wait_for(2s), std::future_status::ready) << "while the window runs";

  std::stop_source third;
  auto sleeps =
      std::async(std::launch::async, [&] { EXPECT_THROW(wait_or_stop(1h, third.get_token()), Error); });
  std::this_thread::sleep_for(20ms);
  third.request_stop();
  EXPECT_EQ(sleeps.wait_for(2s), std::future_status::ready);
}

TEST(RateLimitTest, APauseHoldsForAllThreads) {
  RateLimit limit(3, 1ms);
  limit.pause(80ms);
  const auto start = Clock::now();
  { const auto turn = limit.take({}); }
  EXPECT_GE(Clock::now() - start, 80ms);
}

}  // namespace
}  // namespace echofold::online_rate_limit_test
