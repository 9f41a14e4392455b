// Looks ahead, uses samples, and knows where it is.
#include "engine/listen/sample_queue.h"

#include <gtest/gtest.h>

#include "tests/engine/audio/read_stereo.h"
#include "tests/support/stereo_sound.h"
#include "tests/support/temp_dir.h"

namespace echofold::listen_sample_queue_test {
namespace {

using namespace test;

constexpr std::size_t count = 100'000;

class Queue : public testing::Test {
 protected:
  void SetUp() override {
    write_wav(dir_ / "a.wav", 44'100, {noise(1, 0.5, count), noise(2, 0.5, count)});
    all_ = read_stereo(dir_ / "a.wav");
    ASSERT_EQ(all_.size(), count);
  }
  /// The samples of the file from `from` on begin with these.
  bool is_at(std::span<const MidSide> samples, std::size_t from) const {
    return samples.size() <= count - from &&
           std::equal(samples.begin(), samples.end(), all_.begin() + static_cast<std::ptrdiff_t>(from),
                      [](const MidSide& x, const MidSide& y) { return x.mid == y.mid && x.side == y.side; });
  }
  TempDir dir_;
  std::vector<MidSide> all_;
};

TEST_F(Queue, LooksAheadWithoutUsingAnything) {
  OpenReader reader(dir_ / "a.wav", 44'100);
  SampleQueue queue(*reader);
  for (const std::size_t ahead : {10u, 60'000u, 10u}) {
    EXPECT_GE(queue.peek(ahead).size(), ahead);
    EXPECT_TRUE(is_at(queue.peek(ahead), 0));
  }
  EXPECT_EQ(queue.position(), 0u);
}

TEST_F(Queue, GoesOnAfterWhatWasUsed) {
  OpenReader reader(dir_ / "a.wav", 44'100);
  SampleQueue queue(*reader);
  std::size_t at = 0;
  for (const std::size_t step : {1u, 999u, 30'000u, 7u, 40'000u}) {
    EXPECT_GE(queue.peek(step + 5).size(), step + 5);
    EXPECT_EQ(queue.drop(step), step);
    at += step;
    EXPECT_EQ(queue.position(), at);
    EXPECT_TRUE(is_at(queue.peek(100), at));
  }
}

TEST_F(Queue, EndsWithTheFile) {
  OpenReader reader(dir_ / "a.wav", 44'100);
  SampleQueue queue(*reader);
  EXPECT_EQ(queue.peek(2 * count).size(), count);
  EXPECT_EQ(queue.drop(count - 3), count - 3);
  EXPECT_EQ(queue.peek(1000).size(), 3u);
  EXPECT_TRUE(is_at(queue.peek(1000), count - 3));
  EXPECT_EQ(queue.drop(1000), 3u);
  EXPECT_EQ(queue.position(), count);
  EXPECT_TRUE(queue.peek(1).empty());
  EXPECT_EQ(queue.drop(1), 0u);
}

}  // namespace
}  // namespace echofold::listen_sample_queue_test
