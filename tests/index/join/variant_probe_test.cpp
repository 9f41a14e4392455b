// Pairs that variants find in an index, and what a changed tempo needs.
#include "index/join/variant_probe.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/sample_variants.h"
#include "tests/support/synthetic.h"

namespace echofold::join_variant_probe_test {
namespace {

using test::at_speed;
using test::make_items;
using test::real_items;
using test::variants_of_copy;
using test::with_bit_errors;

/// Sixty tracks. Track 61 is a copy of the first one that plays 3 % faster and has nothing of its items; only its
/// variants have.
class VariantProbeTest : public testing::Test {
 protected:
  VariantProbeTest() {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) add(make_items(seed, 1000));
    add(make_items(1000, 940));
    variants_[61] = variants_of_copy(items_.at(1), 20, 1.03, 4);
    variants_[5] = variants_of_copy(make_items(2000, 1000), 0, 1.03, 4);  // finds nothing
  }

  void add(std::vector<Item> items) { items_[items_.size() + 1] = std::move(items); }

  std::vector<IndexedTrack> tracks() const {
    std::vector<IndexedTrack> out;
    for (const auto& [id, items] : items_) out.push_back({id, items});
    return out;
  }

  std::vector<MatchedPair> found(const std::vector<TrackId>& probes, std::optional<Evidence> known = {},
                                 const std::stop_token& stop = {}) const {
    CandidateIndex index = CandidateIndex::empty({});
    index.add(tracks());
    std::vector<IndexedTrack> chosen;
    for (const TrackId id : probes) chosen.push_back({id, items_.at(id)});
    return probe_variants(
        index, chosen,
        [&](TrackId id) {
          const auto at = variants_.find(id);
          return at != variants_.end() ? std::optional(at->second) : std::nullopt;
        },
        [&](TrackId id) { return Items(items_.at(id)); }, [&](TrackId, TrackId) { return known; }, settings_,
        {}, stop);
  }
  std::vector<TrackId> all() const {
    std::vector<TrackId> ids;
    for (const auto& [id, items] : items_) ids.push_back(id);
    return ids;
  }

  std::map<TrackId, std::vector<Item>> items_;
  std::map<TrackId, SpeedVariants> variants_;
  JoinSettings settings_;
};

TEST_F(VariantProbeTest, FindsTheCopyAndNothingElse) {
  for (const auto& probes : {all(), std::vector<TrackId>{61}}) {
    const auto pairs = found(probes);
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_EQ(pairs[0].a, 1U);
    EXPECT_EQ(pairs[0].b, 61U);
    EXPECT_NEAR(pairs[0].evidence.speed, 1.03, 0.001);
    EXPECT_LT(pairs[0].evidence.corrected_ber, 0.1) << "of the variant, at the speed of the first track";
    EXPECT_GT(pairs[0].evidence.contrast, 0.3);
    EXPECT_EQ(judge(pairs[0].evidence), (Judgement{Relation::same_recording, Band::review, guard_of_speed}));
  }
  EXPECT_TRUE(found({5}).empty());
  EXPECT_TRUE(found({1}).empty()) << "it has no variants: nothing to look up";
}

TEST_F(VariantProbeTest, TheVariantsOfEitherTrackAreEnough) {
  items_[61].swap(items_[1]);
  variants_[1] = variants_[61];  // now the first one is the faster one, and the later one has no variants
  variants_.erase(61);
  const auto pairs = found({1});
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].a, 1U);
  EXPECT_EQ(pairs[0].b, 61U);
  EXPECT_NEAR(pairs[0].evidence.speed, 1 / 1.03, 0.001);
}

TEST_F(VariantProbeTest, TheResultDoesNotDependOnTheThreads) {
  add(with_bit_errors(at_speed(items_.at(7), 0, 1.04), 0.05, 5));
  variants_[62] = {4, {}};
  const auto expected = found(all());
  EXPECT_EQ(expected.size(), 2U);
  for (const std::size_t threads : {1, 2, 5}) {
    const ThreadLimit limit(threads);
    const auto pairs = found(all());
    ASSERT_EQ(pairs.size(), expected.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      EXPECT_EQ(pairs[i].a, expected[i].a);
      EXPECT_EQ(pairs[i].b, expected[i].b);
      EXPECT_EQ(pairs[i].evidence, expected[i].evidence);
    }
  }
}

TEST_F(VariantProbeTest, AChangedTempoNeedsNoVariant) {
  for (const double tempo : {1.02, 0.98, 1.04, 0.96}) {
    items_[62] = with_bit_errors(at_speed(items_.at(7), 3, tempo), 0.05, 5);
    variants_[62] = {4, {}};
    const auto pairs = found({62});
    ASSERT_EQ(pairs.size(), 1U) << tempo;
    EXPECT_EQ(pairs[0].a, 7U);
    EXPECT_NEAR(pairs[0].evidence.speed, tempo, 0.001);
  }
}

TEST_F(VariantProbeTest, RealCopiesWithAnotherTempoAreFound) {
  items_[62] = real_items("original");
  items_[63] = real_items("original_tempo_4_percent_faster");
  variants_[63] = {4, {}};
  const auto pairs = found({63});
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].a, 62U);
  EXPECT_NEAR(pairs[0].evidence.speed, 1.04, 0.001);
}

TEST_F(VariantProbeTest, WhatIsKnownStaysUnlessTheSpeedExplainsMore) {
  Evidence known;
  known.contrast = 0.3;
  known.overlap_items = known.informative_items = 900;
  known.coverage_shorter = known.coverage_longer = 1;
  known.ber = known.corrected_ber = 0.01;
  ASSERT_EQ(judge(known).band, Band::automatic);
  EXPECT_TRUE(found({61}, known).empty());
  known.short_ber = 0.3;
  ASSERT_EQ(judge(known).band, Band::review);
  EXPECT_TRUE(found({61}, known).empty()) << "the speed explains nothing";
  known.ber = known.corrected_ber = 0.2;
  EXPECT_EQ(found({61}, known).size(), 1U);
}

TEST_F(VariantProbeTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(found({61}, {}, stop.get_token()), Error);
}

}  // namespace
}  // namespace echofold::join_variant_probe_test
