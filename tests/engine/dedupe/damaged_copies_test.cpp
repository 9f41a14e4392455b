// Files that end early, in plans of a real store: for review, whatever their format; edits stay edits.
#include "engine/dedupe/damaged_copies.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/dedupe/plan.h"
#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_damaged_copies_test {
namespace {

using namespace test;

constexpr std::size_t cut_items = 350;

double seconds_of(std::size_t items) { return audio_seconds(static_cast<std::uint32_t>(items)); }

class DamagedCopies : public testing::Test {
 protected:
  TrackId whole(TrackRecord track) {
    track.properties.duration_s = seconds_of(track_items);
    track.quality.header_duration_s = track.properties.duration_s;
    return library.add(track, copy_of(1));
  }
  /// The first part of it.
  TrackRecord cut(TrackRecord track, double claimed_s = seconds_of(track_items)) {
    track.properties.duration_s = seconds_of(cut_items);
    track.quality.truncated = true;
    track.quality.header_duration_s = claimed_s;
    return track;
  }
  static std::vector<Item> part(std::size_t from, std::size_t count, std::uint64_t seed = 1) {
    const std::vector<Item> all = music(seed);
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
  }
  PlanDrop only_drop(const std::string& keeper) {
    library.update();
    const Plan plan = make_plan(library.store().snapshot(), library.store().library_id(), settings);
    EXPECT_EQ(plan.groups.size(), 1U);
    if (plan.groups.size() != 1 || plan.groups[0].drops.size() != 1) return {};
    EXPECT_EQ(plan.groups[0].keep.track.path, keeper);
    return plan.groups[0].drops[0];
  }
  SmallLibrary library;
  PlanSettings settings;
};

TEST_F(DamagedCopies, ACutFileIsOfferedForReview) {
  whole(mp3("/m/whole.mp3"));
  library.add(cut(mp3("/m/cut.mp3")), part(0, cut_items));
  const PlanDrop drop = only_drop("/m/whole.mp3");
  EXPECT_EQ(drop.relation, Relation::same_recording);
  EXPECT_EQ(drop.band, Band::review);
  EXPECT_EQ(drop.action, Action::review);
  EXPECT_TRUE(drop.why.starts_with("lacks the last 31.0 s, the other copy is whole")) << drop.why;
}

TEST_F(DamagedCopies, TheWholeCopyStaysThoughTheCutOneIsOfABetterFormat) {
  whole(mp3("/m/whole.mp3", 64));
  library.add(cut(lossless("/m/cut.flac")), part(0, cut_items));
  EXPECT_EQ(only_drop("/m/whole.mp3").action, Action::review);
}

TEST_F(DamagedCopies, AFileWhoseHeaderSaysNothingIsOneByItsSign) {
  whole(mp3("/m/whole.mp3"));
  library.add(cut(mp3("/m/cut.mp3"), 0), part(0, cut_items));
  EXPECT_EQ(only_drop("/m/whole.mp3").action, Action::review);
}

TEST_F(DamagedCopies, ShorterFilesWithoutTheSignStayEdits) {
  whole(mp3("/m/whole.mp3"));
  TrackRecord track = cut(mp3("/m/short.mp3"));
  track.quality.truncated = false;
  library.add(track, part(0, cut_items));
  const PlanDrop drop = only_drop("/m/short.mp3");
  EXPECT_EQ(drop.relation, Relation::edit);
  EXPECT_EQ(drop.action, Action::none);
}

TEST_F(DamagedCopies, ACutRadioEditIsNoCopyOfTheFullSong) {
  whole(mp3("/m/whole.mp3"));
  library.add(cut(mp3("/m/edit.mp3"), seconds_of(track_items) - 20), part(0, cut_items));
  library.update();
  const Plan plan = make_plan(library.store().snapshot(), library.store().library_id(), settings);
  ASSERT_EQ(plan.groups.size(), 1U);
  EXPECT_EQ(plan.groups[0].drops.at(0).relation, Relation::edit);
}

TEST_F(DamagedCopies, AFileThatLacksItsStartTellsNothing) {
  whole(mp3("/m/whole.mp3"));
  library.add(cut(mp3("/m/tail.mp3")), part(track_items - cut_items, cut_items));
  library.update();
  const Plan plan = make_plan(library.store().snapshot(), library.store().library_id(), settings);
  ASSERT_EQ(plan.groups.size(), 1U);
  EXPECT_EQ(plan.groups[0].drops.at(0).relation, Relation::edit);
}

TEST_F(DamagedCopies, TwoCutFilesAreNoProofOfEachOther) {
  TrackRecord longer = cut(mp3("/m/longer.mp3"));
  longer.properties.duration_s = seconds_of(track_items - 20);
  library.add(longer, part(0, track_items - 20));
  library.add(cut(mp3("/m/cut.mp3")), part(0, cut_items));
  library.update();
  const Plan plan = make_plan(library.store().snapshot(), library.store().library_id(), settings);
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops) EXPECT_EQ(drop.action, Action::none);
}

TEST_F(DamagedCopies, PairsAreListedSo) {
  const TrackId one = whole(mp3("/m/whole.mp3"));
  const TrackId other = library.add(cut(mp3("/m/cut.mp3")), part(0, cut_items));
  library.update();
  const auto pairs = list_pairs(library.store().snapshot(), {}, 64);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].judgement.relation, Relation::same_recording);
  EXPECT_EQ(pairs[0].judgement.guard, "damaged copy");
  EXPECT_EQ(pairs[0].a, other);
  EXPECT_EQ(pairs[0].b, one);
}

/// A curve of music that goes up and down, with digital silence in part of it.
std::vector<std::uint8_t> curve_with_hole(double from_s, double to_s) {
  std::vector<std::uint8_t> curve;
  for (double at = 0; at + level_window_s <= seconds_of(track_items); at += level_window_s) {
    const auto level = static_cast<std::uint8_t>(36 + (curve.size() * 7) % 12);
    curve.push_back(at >= from_s && at < to_s ? level_silent : level);
  }
  return curve;
}

class CopiesWithHoles : public DamagedCopies {
 protected:
  /// @param to_items  from_items: none
  void add(TrackRecord track, std::size_t from_items, std::size_t to_items, double curve_from_s,
           double curve_to_s) {
    std::vector<Item> items = copy_of(1);
    std::fill(items.begin() + static_cast<std::ptrdiff_t>(from_items),
              items.begin() + static_cast<std::ptrdiff_t>(to_items), silence_item);
    track.properties.duration_s = seconds_of(track_items);
    track.quality.level_curve = curve_with_hole(curve_from_s, curve_to_s);
    library.add(track, items);
  }
};

TEST_F(CopiesWithHoles, ALongSilenceIsAHoleAndNoEdit) {
  add(mp3("/m/whole.mp3"), 0, 0, 0, 0);
  add(lossless("/m/hole.flac"), 150, 340, 18.5, 43);
  const PlanDrop drop = only_drop("/m/whole.mp3");
  EXPECT_EQ(drop.relation, Relation::same_recording);
  EXPECT_EQ(drop.action, Action::review);
  EXPECT_TRUE(drop.why.starts_with("is silent for 24 s at 0:18; to review: a part of one is silent"))
      << drop.why;
}

TEST_F(CopiesWithHoles, WhereLevelsSayNothingItStaysAnEdit) {
  add(mp3("/m/whole.mp3"), 0, 0, 0, 0);
  add(mp3("/m/hole.mp3"), 150, 340, 0, 0);
  EXPECT_EQ(only_drop("/m/hole.mp3").relation, Relation::edit);
}

TEST_F(CopiesWithHoles, HolesInBothAreNoHole) {
  add(mp3("/m/a.mp3"), 60, 200, 7.5, 25);
  add(mp3("/m/b.mp3"), 260, 400, 32.5, 50);
  EXPECT_NE(only_drop("/m/a.mp3").relation, Relation::same_recording);
}

}  // namespace
}  // namespace echofold::dedupe_damaged_copies_test
