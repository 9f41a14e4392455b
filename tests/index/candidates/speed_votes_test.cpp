// Votes for lines: copies at other speeds are found, and nothing else.
#include "index/candidates/speed_votes.h"

#include <gtest/gtest.h>

#include <vector>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::candidates_speed_votes_test {
namespace {

using test::at_speed;
using test::make_items;
using test::real_items;
using test::with_bit_errors;

/// Music with ids from 1, then copies of the first tracks that begin at item 10 and play faster.
class Library {
 public:
  explicit Library(std::size_t count) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) fingerprints_.push_back(make_items(seed, 1000));
    for (std::size_t i = 0; i < speeds().size(); ++i)
      fingerprints_.push_back(with_bit_errors(at_speed(fingerprints_[i], 10, speeds()[i]), 0.12, 100 + i));
    for (const std::vector<Item>& items : fingerprints_) tracks_.push_back({tracks_.size() + 1, items});
  }

  static const std::vector<double>& speeds() {
    static const std::vector<double> values{0.93, 0.96, 0.98, 0.99, 1.01, 1.02, 1.04, 1.07};
    return values;
  }
  const std::vector<IndexedTrack>& tracks() const { return tracks_; }

 private:
  std::vector<std::vector<Item>> fingerprints_;
  std::vector<IndexedTrack> tracks_;
};

class SpeedVotesTest : public testing::TestWithParam<SpeedKeys> {
 protected:
  /// With enough votes that chance has none.
  static SpeedVoteLimits limits() {
    return {.keys = GetParam(), .min_votes = GetParam() == SpeedKeys::of_14_bits ? 10u : 5u};
  }
};

TEST_P(SpeedVotesTest, FindTheLineOfEachCopy) {
  const Library library(40);
  const auto probes = std::span(library.tracks()).subspan(40);
  const auto found = speed_votes(probes, library.tracks(), limits());
  ASSERT_EQ(found.size(), probes.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double speed = Library::speeds()[i];
    ASSERT_EQ(found[i].size(), 1U) << speed;
    EXPECT_EQ(found[i].front().track, i + 1) << speed;
    const VotedLine& line = found[i].front().lines.front();
    EXPECT_NEAR(line.speed, speed, 0.0026);
    EXPECT_NEAR(line.start + line.speed * 500, 10 + speed * 500, 2);
  }
}

TEST_P(SpeedVotesTest, OfTwoProbesTheLaterFindsTheOther) {
  const Library library(20);
  const auto found = speed_votes(library.tracks(), library.tracks(), limits());
  for (std::size_t i = 0; i < 20; ++i) EXPECT_TRUE(found[i].empty());
  for (std::size_t i = 20; i < found.size(); ++i) EXPECT_EQ(found[i].size(), 1U);
}

TEST_P(SpeedVotesTest, CopiesAtOneSpeedAreLeftOut) {
  std::vector<std::vector<Item>> items{make_items(1, 1000)};
  items.push_back(with_bit_errors(items[0], 0.05, 2));
  const std::vector<IndexedTrack> tracks{{1, items[0]}, {2, items[1]}};
  const auto found = speed_votes(tracks, tracks, limits());
  EXPECT_TRUE(found[0].empty() && found[1].empty());
}

TEST_P(SpeedVotesTest, DoNotDependOnTheThreads) {
  const Library library(20);
  const auto votes = [&] {
    return speed_votes(library.tracks(), library.tracks(), {.keys = GetParam(), .min_votes = 3});
  };
  const auto many = votes();
  const ThreadLimit limit(1);
  const auto one = votes();
  ASSERT_EQ(one.size(), many.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    ASSERT_EQ(one[i].size(), many[i].size());
    for (std::size_t k = 0; k < one[i].size(); ++k) {
      EXPECT_EQ(one[i][k].track, many[i][k].track);
      EXPECT_EQ(one[i][k].lines.front().votes, many[i][k].lines.front().votes);
      EXPECT_EQ(one[i][k].lines.front().start, many[i][k].lines.front().start);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Keys, SpeedVotesTest,
                         testing::Values(SpeedKeys::of_14_bits, SpeedKeys::of_16_bits,
                                         SpeedKeys::of_20_bits));

TEST(SpeedVotes, RealCopiesAreFound) {
  const auto original = real_items("original"), faster = real_items("original_2_percent_faster"),
             tempo = real_items("original_tempo_4_percent_faster"), other = real_items("other"),
             hard = real_items("hard");
  const std::vector<IndexedTrack> tracks{{1, original}, {2, other}, {3, hard}, {4, faster}, {5, tempo}};
  const auto found = speed_votes(std::span(tracks).subspan(3), tracks, {});
  ASSERT_EQ(found[0].size(), 1U);
  EXPECT_EQ(found[0].front().track, 1U);
  EXPECT_NEAR(found[0].front().lines.front().speed, 1.02, 0.0026);
  ASSERT_GE(found[1].size(), 1U);
  EXPECT_EQ(found[1].front().track, 1U);
  EXPECT_NEAR(found[1].front().lines.front().speed, 1.04, 0.0026);
}

TEST(SpeedVotes, EmptyTracksAndStops) {
  const std::vector<Item> silent(500, silence_item), nothing;
  const std::vector<IndexedTrack> tracks{{1, silent}, {2, nothing}, {3, silent}};
  for (const auto& found : speed_votes(tracks, tracks, {})) EXPECT_TRUE(found.empty());
  EXPECT_TRUE(speed_votes({}, tracks, {}).empty());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(speed_votes(tracks, tracks, {}, {}, stop.get_token()), Error);
}

}  // namespace
}  // namespace echofold::candidates_speed_votes_test
