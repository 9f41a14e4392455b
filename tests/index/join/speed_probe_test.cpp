// What the probe for other speeds adds to the pairs, and what it leaves as it is.
#include "index/join/speed_probe.h"

#include <gtest/gtest.h>

#include <vector>

#include "index/base/error.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::join_speed_probe_test {
namespace {

using test::at_speed;
using test::make_items;
using test::real_items;
using test::with_bit_errors;

/// Twenty tracks, then a copy of the first one that is 2 % faster.
class SpeedProbeTest : public testing::Test {
 protected:
  SpeedProbeTest() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) add(make_items(seed, 1000));
    add(with_bit_errors(at_speed(items_[0], 5, 1.02), 0.12, 99));
  }

  void add(std::vector<Item> items) { items_.push_back(std::move(items)); }

  std::vector<IndexedTrack> tracks() const {
    std::vector<IndexedTrack> out;
    for (const auto& items : items_) out.push_back({out.size() + 1, items});
    return out;
  }

  std::vector<MatchedPair> probed(std::vector<MatchedPair> pairs = {}) const {
    probe_speeds(tracks(), tracks(), settings_, pairs);
    return pairs;
  }

  std::vector<std::vector<Item>> items_;
  JoinSettings settings_;
};

TEST_F(SpeedProbeTest, FindsTheCopyAndNothingElse) {
  const auto pairs = probed();
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].a, 1U);
  EXPECT_EQ(pairs[0].b, 21U);
  EXPECT_NEAR(pairs[0].evidence.speed, 1.02, 0.001);
  EXPECT_EQ(judge(pairs[0].evidence), (Judgement{Relation::same_recording, Band::review, guard_of_speed}));
}

TEST_F(SpeedProbeTest, LargerLibrariesUseLongerKeys) {
  settings_.speed_probe_small_library = 0;
  EXPECT_EQ(probed().size(), 1U);
  settings_.third_probe_max_library = 0;
  EXPECT_EQ(probed().size(), 1U);
}

TEST_F(SpeedProbeTest, TheSpeedIsThatOfTheLaterTrack) {
  items_.front().swap(items_.back());  // now the first one is the faster one
  const auto pairs = probed();
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_NEAR(pairs[0].evidence.speed, 1 / 1.02, 0.001);
}

TEST_F(SpeedProbeTest, AVersionBecomesACopyAtAnotherSpeed) {
  const std::int32_t offsets[] = {5};
  Evidence as_version = best_alignment(items_[0], items_[20], offsets, 0.5);
  as_version.corrected_ber = 0.28;
  const auto pairs = probed({{1, 2, {}}, {1, 21, as_version}, {3, 4, {}}});
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].evidence, Evidence{});
  EXPECT_NEAR(pairs[1].evidence.speed, 1.02, 0.001);
  EXPECT_EQ(pairs[2].a, 3U);
}

TEST_F(SpeedProbeTest, ACopyOfOneSpeedStaysOne) {
  Evidence same;
  same.ber = same.corrected_ber = 0.01;
  same.contrast = 0.3;
  same.overlap_items = same.informative_items = 900;
  same.coverage_shorter = same.coverage_longer = 1;
  ASSERT_EQ(judge(same).band, Band::automatic);
  const auto pairs = probed({{1, 21, same}});
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].evidence, same);
}

TEST_F(SpeedProbeTest, ADoubtThatTheSpeedExplainsIsOne) {
  Evidence doubtful;
  doubtful.ber = doubtful.corrected_ber = 0.059;
  doubtful.contrast = 0.3;
  doubtful.overlap_items = doubtful.informative_items = 900;
  doubtful.coverage_shorter = doubtful.coverage_longer = 1;
  ASSERT_EQ(judge(doubtful).band, Band::review);
  items_.back() = at_speed(items_[0], 5, 1.02);  // without any errors
  const auto pairs = probed({{1, 21, doubtful}});
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_NEAR(pairs[0].evidence.speed, 1.02, 0.001);
}

TEST_F(SpeedProbeTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  std::vector<MatchedPair> pairs;
  EXPECT_THROW(probe_speeds(tracks(), tracks(), settings_, pairs, {}, stop.get_token()), Error);
}

TEST(SpeedProbe, OfTwoTracksAloneTheBetterEvidenceIsTaken) {
  const auto a = real_items("original"), b = real_items("original_2_percent_faster"),
             other = real_items("other");
  EXPECT_NEAR(best_of_all_speeds(a, b, exhaustive_alignment(a, b), {}).speed, 1.02, 0.001);
  EXPECT_NEAR(best_of_all_speeds(b, a, exhaustive_alignment(b, a), {}).speed, 1 / 1.02, 0.001);
  const Evidence strangers = exhaustive_alignment(a, other);
  EXPECT_EQ(best_of_all_speeds(a, other, strangers, {}), strangers);
}

TEST(SpeedProbe, FindsRealCopiesAmongRealTracks) {
  const std::vector<std::vector<Item>> items{real_items("original"), real_items("other"), real_items("hard"),
                                             real_items("original_2_percent_faster"),
                                             real_items("original_tempo_4_percent_faster")};
  std::vector<IndexedTrack> tracks;
  for (const auto& some : items) tracks.push_back({tracks.size() + 1, some});
  std::vector<MatchedPair> pairs;
  probe_speeds(tracks, tracks, {}, pairs);
  ASSERT_GE(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].b, 4U);
  EXPECT_NEAR(pairs[0].evidence.speed, 1.02, 0.001);
  EXPECT_EQ(pairs[1].b, 5U);
  EXPECT_NEAR(pairs[1].evidence.speed, 1.04, 0.001);
  for (const MatchedPair& pair : pairs) EXPECT_TRUE(pair.a == 1 || (pair.a == 4 && pair.b == 5));
}

}  // namespace
}  // namespace echofold::join_speed_probe_test
