// What listening does to a plan, and which pairs are listened to.
#include <gtest/gtest.h>

#include "engine/dedupe/plan.h"
#include "engine/dedupe/plan_words.h"
#include "tests/engine/dedupe/small_library.h"
#include "tests/support/sample_heard.h"

namespace echofold::dedupe_plan_by_ear_test {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

Heard muted_at(double start_s) {
  Heard heard = same_sound();
  heard.bursts = {{start_s, 0.3, 4, BurstKind::silent_in_b, false}};
  return heard;
}

/// A plan, and the pairs that it listened to.
struct Listened {
  Plan plan;
  Lines pairs;  ///< "keeper|loser"
  std::vector<double> offsets_s;
};

Listened plan_by_ear(SmallLibrary& library, const ByEar& answer, PlanSettings settings = {}) {
  library.update();
  Listened out;
  settings.by_ear = [&](const TrackRecord& keeper, const TrackRecord& loser, const Evidence& evidence) {
    out.pairs.push_back(keeper.path + "|" + loser.path);
    out.offsets_s.push_back(evidence.offset_s());
    return answer;
  };
  out.plan = make_plan(library.store().snapshot(), library.store().library_id(), settings);
  return out;
}

/// "drop:action(why)" of each.
Lines fates_of(const Plan& plan) {
  Lines out;
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops)
      out.push_back(drop.file.track.path + ":" + std::string(name_of(drop.action)) + "(" + drop.why + ")");
  return out;
}

class ByEarOf : public testing::Test {
 protected:
  ByEarOf() {
    library_.add(lossless("/m/a.flac"), music(1));
    copy_ = library_.add(mp3("/m/b.mp3"), copy_of(1));
  }
  SmallLibrary library_;
  TrackId copy_ = 0;
};

TEST_F(ByEarOf, TheSameSoundIsMoved) {
  const Listened listened = plan_by_ear(library_, {same_sound()});
  EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:move(lossy)"});
  EXPECT_EQ(listened.pairs, Lines{"/m/a.flac|/m/b.mp3"});
  EXPECT_EQ(listened.plan.groups[0].drops[0].heard, same_sound());
}

TEST_F(ByEarOf, OtherSoundIsAskedAboutAndTheReasonNamesTheTime) {
  const Listened listened = plan_by_ear(library_, {muted_at(72.4)});
  EXPECT_EQ(fates_of(listened.plan),
            Lines{"/m/b.mp3:review(lossy; to review: is silent at 1:12.4 for 0.3 s)"});
  const PlanDrop& drop = listened.plan.groups[0].drops[0];
  EXPECT_EQ(drop.band, Band::review);
  EXPECT_EQ(drop.heard, muted_at(72.4));
}

TEST_F(ByEarOf, AnotherMasteringIsAskedAbout) {
  Heard mono = same_sound();
  mono.channels = HeardChannels::b_is_mono;
  EXPECT_EQ(fates_of(plan_by_ear(library_, {mono}).plan),
            Lines{"/m/b.mp3:review(lossy; to review: is mono, the other is stereo)"});
}

TEST_F(ByEarOf, APairThatCannotBeJudgedIsAskedAbout) {
  EXPECT_EQ(fates_of(plan_by_ear(library_, {Heard{}}).plan),
            Lines{"/m/b.mp3:review(lossy; to review: can't be lined up with the other by ear)"});
}

TEST_F(ByEarOf, APairThatCouldNotBeListenedToIsAskedAbout) {
  const Listened listened = plan_by_ear(library_, {std::nullopt, "/m/b.mp3: changed since it was scanned"});
  EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:review(lossy; to review: was not compared by ear: "
                                           "/m/b.mp3: changed since it was scanned)"});
  EXPECT_FALSE(listened.plan.groups[0].drops[0].heard);
}

TEST_F(ByEarOf, WithoutListeningTheFingerprintsDecide) {
  const Listened listened = plan_by_ear(library_, {});
  EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:move(lossy)"});
  EXPECT_EQ(listened.pairs.size(), 1u) << "it was asked for";
  EXPECT_FALSE(listened.plan.groups[0].drops[0].heard);
  EXPECT_EQ(fates_of(make_plan(library_.store().snapshot(), "", {})), Lines{"/m/b.mp3:move(lossy)"});
}

TEST_F(ByEarOf, WhatIsAskedAboutAnywayIsListenedToAsWell) {
  library_.change(copy_, [](TrackRecord& track) { track.tags.title = "Song (live)"; });
  const Listened listened = plan_by_ear(library_, {muted_at(5)});
  EXPECT_EQ(fates_of(listened.plan),
            Lines{"/m/b.mp3:review(lossy; to review: titles differ: \"live\" only in "
                  "this one; is silent at 0:05.0 for 0.3 s)"});
}

TEST_F(ByEarOf, ListeningMovesNothingThatTheFingerprintsDoubt) {
  library_.change(copy_, [](TrackRecord& track) { track.tags.title = "Song (live)"; });
  EXPECT_EQ(fates_of(plan_by_ear(library_, {same_sound()}).plan),
            Lines{"/m/b.mp3:review(lossy; to review: titles differ: \"live\" only in this one)"});
}

/// A library in which the fingerprints doubt the copy.
class DoubtedByFingerprints : public testing::Test {
 protected:
  DoubtedByFingerprints() {
    library_.add(lossless("/m/a.flac"), music(1));
    copy_ = library_.add(mp3("/m/b.mp3", 40), with_bit_errors(music(1), 0.05, 7));
  }
  Lines fates(const Heard& heard) { return fates_of(plan_by_ear(library_, {heard}).plan); }
  SmallLibrary library_;
  TrackId copy_ = 0;
};

TEST_F(DoubtedByFingerprints, ACopyThatSoundsTheSameIsMovedUnasked) {
  EXPECT_EQ(fates(same_sound()), Lines{"/m/b.mp3:move(lossy)"});
  library_.update();
  PlanSettings settings;
  EXPECT_EQ(fates_of(make_plan(library_.store().snapshot(), "id", settings)),
            Lines{"/m/b.mp3:review(lossy; to review: they sound slightly different)"});
}

TEST_F(DoubtedByFingerprints, TitlesThatDifferAreStillAskedAbout) {
  library_.change(copy_, [](TrackRecord& track) { track.tags.title = "Song (live)"; });
  EXPECT_EQ(fates(same_sound()),
            Lines{"/m/b.mp3:review(lossy; to review: titles differ: \"live\" only in this one)"});
  EXPECT_EQ(fates(muted_at(5)), Lines{"/m/b.mp3:review(lossy; to review: titles differ: \"live\" only in "
                                      "this one; is silent at 0:05.0 for 0.3 s)"});
}

TEST_F(DoubtedByFingerprints, AKeeperThatIsShorterIsStillAskedAbout) {
  SmallLibrary library;
  std::vector<Item> longer = with_bit_errors(music(1), 0.05, 7), rest = make_items(99, 12);
  longer.insert(longer.end(), rest.begin(), rest.end());  // 1.5 s
  library.add(lossless("/m/a.flac"), music(1));
  library.add(mp3("/m/b.mp3", 40), longer);
  Heard heard = same_sound();
  heard.tail_b_s = 1.5;
  EXPECT_EQ(fates_of(plan_by_ear(library, {heard}).plan),
            Lines{"/m/b.mp3:review(lossy; to review: the better copy is shorter)"});
}

// The items cover 2.6 s each, so only the ear hears that nothing is in front of the music.
TEST(PlanByEar, SilenceInFrontOfACopyIsNothingThatTheKeeperLacks) {
  SmallLibrary library;
  std::vector<Item> longer = make_items(99, 12), copy = copy_of(1);
  longer.insert(longer.end(), copy.begin(), copy.end());
  library.add(lossless("/m/a.flac"), music(1));
  library.add(mp3("/m/b.mp3"), longer);
  Heard heard = same_sound();
  EXPECT_EQ(fates_of(plan_by_ear(library, {heard}).plan), Lines{"/m/b.mp3:move(lossy)"});
  heard.head_b_s = 1.2;
  EXPECT_EQ(fates_of(plan_by_ear(library, {heard}).plan),
            Lines{"/m/b.mp3:review(lossy; to review: the better copy is shorter)"});
}

TEST_F(ByEarOf, TheUsersChoiceNeedsNoListening) {
  library_.decide(1, copy_, Verdict::keep_a);
  const Listened listened = plan_by_ear(library_, {muted_at(5)});
  EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:move(you chose the other)"});
  EXPECT_EQ(listened.pairs, Lines{});
}

TEST_F(ByEarOf, WhatStaysAnywayIsNotListenedTo) {
  PlanSettings settings;
  settings.rank.protected_folders = {"/m"};
  const Listened listened = plan_by_ear(library_, {muted_at(5)}, settings);
  EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:none(in a protected folder)"});
  EXPECT_EQ(listened.pairs, Lines{});
}

TEST(PlanByEar, TheSameSamplesAreNotListenedTo) {
  SmallLibrary library;
  TrackRecord a = lossless("/m/a.flac"), b = lossless("/m/b.flac");
  a.hashes = b.hashes = {1000, {1, 2}, {3, 4}};
  library.add(a, music(1));
  library.add(b, music(1));
  const Listened listened = plan_by_ear(library, {muted_at(5)});
  ASSERT_EQ(listened.plan.groups.size(), 1u);
  EXPECT_TRUE(listened.plan.groups[0].drops[0].exact);
  EXPECT_EQ(listened.plan.groups[0].drops[0].action, Action::move);
  EXPECT_EQ(listened.pairs, Lines{});
}

TEST(PlanByEar, ImportedTracksAreNotListenedTo) {
  for (const bool keeper : {true, false}) {
    SmallLibrary library;
    TrackRecord a = lossless("/m/a.flac"), b = mp3("/m/b.mp3");
    (keeper ? a : b).place = TrackPlace::imported;
    library.add(a, music(1));
    library.add(b, copy_of(1));
    const Listened listened = plan_by_ear(library, {muted_at(5)});
    EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:move(lossy)"});
    EXPECT_EQ(listened.pairs, Lines{});
  }
}

TEST(PlanByEar, RelatedTracksAreNotListenedTo) {
  SmallLibrary library;
  const std::vector<Item> whole = music(1);
  library.add(lossless("/m/a.flac"), whole);
  library.add(mp3("/m/edit.mp3"), {whole.begin(), whole.begin() + 300});
  const Listened listened = plan_by_ear(library, {muted_at(5)});
  ASSERT_EQ(fates_of(listened.plan).size(), 1u);
  EXPECT_EQ(listened.plan.groups[0].drops[0].action, Action::none);
  EXPECT_EQ(listened.pairs, Lines{});
}

/// A strong equaliser changes so many bits that the fingerprints call the file a version.
class VersionByFingerprints : public testing::Test {
 protected:
  VersionByFingerprints() {
    library_.add(lossless("/m/a.flac"), music(1));
    library_.add(mp3("/m/b.mp3"), with_bit_errors(music(1), 0.14, 7));
  }
  SmallLibrary library_;
};

TEST_F(VersionByFingerprints, AnotherMasteringIsAskedAbout) {
  Heard heard = same_sound();
  heard.equaliser_db = 6;
  heard.bass_db = 6;
  const Listened listened = plan_by_ear(library_, {heard});
  EXPECT_EQ(listened.pairs, Lines{"/m/a.flac|/m/b.mp3"});
  EXPECT_EQ(fates_of(listened.plan), Lines{"/m/b.mp3:review(lossy; to review: has 6 dB more bass)"});
  EXPECT_EQ(listened.plan.groups[0].drops[0].relation, Relation::remaster);
}

TEST_F(VersionByFingerprints, AnyOtherVersionStaysOne) {
  for (const Heard& heard : {same_sound(), muted_at(5)}) {
    const Listened listened = plan_by_ear(library_, {heard});
    ASSERT_EQ(listened.plan.groups.size(), 1u);
    EXPECT_EQ(listened.plan.groups[0].drops[0].action, Action::none);
    EXPECT_EQ(listened.plan.groups[0].drops[0].relation, Relation::version);
  }
}

TEST(PlanByEar, TheOffsetIsInTheKeepersTimeAndTheReasonInTheLosers) {
  SmallLibrary library;
  std::vector<Item> cut = music(1);
  cut.erase(cut.begin(), cut.begin() + 8);
  library.add(lossless("/m/a.flac"), music(1));
  library.add(mp3("/m/b.mp3"), cut);
  Heard heard = muted_at(11);
  heard.offset_s = 1;
  const Listened listened = plan_by_ear(library, {heard});
  ASSERT_EQ(listened.offsets_s.size(), 1u);
  EXPECT_NEAR(listened.offsets_s[0], items_to_seconds(8), 0.07);
  EXPECT_EQ(fates_of(listened.plan),
            Lines{"/m/b.mp3:review(lossy; to review: is silent at 0:10.0 for 0.3 s)"});
}

TEST(PlanByEar, EachLoserIsJudgedByItself) {
  SmallLibrary library;
  library.add(lossless("/m/a.flac"), music(1));
  library.add(mp3("/m/b.mp3"), copy_of(1));
  library.add(mp3("/m/muted.mp3"), copy_of(1, 2));
  library.update();
  PlanSettings settings;
  settings.by_ear = [](const TrackRecord& keeper, const TrackRecord& loser, const Evidence&) -> ByEar {
    EXPECT_EQ(keeper.path, "/m/a.flac");
    return {loser.path == "/m/muted.mp3" ? muted_at(5) : same_sound()};
  };
  EXPECT_EQ(fates_of(make_plan(library.store().snapshot(), "", settings)),
            (Lines{"/m/b.mp3:move(lossy)",
                   "/m/muted.mp3:review(lossy; to review: is silent at 0:05.0 for 0.3 s)"}));
}

/// music(1), 2 % faster.
std::vector<Item> faster_music() {
  const std::vector<Item> items = music(1);
  std::vector<Item> out;
  for (std::size_t j = 0; static_cast<std::size_t>(1.02 * static_cast<double>(j)) < items.size(); ++j)
    out.push_back(items[static_cast<std::size_t>(1.02 * static_cast<double>(j))]);
  return out;
}

TEST(PlanByEar, ACopyAtAnotherSpeedIsAskedAboutWhateverTheEarSays) {
  SmallLibrary library;
  library.add(lossless("/m/a.flac"), music(1));
  library.add(mp3("/m/fast.mp3"), faster_music());
  const Listened listened = plan_by_ear(library, {same_sound()});
  ASSERT_EQ(listened.pairs.size(), 1U);
  const double speed = listened.plan.groups.at(0).drops.at(0).speed;
  EXPECT_NEAR(speed, 1.02, 0.001);
  EXPECT_EQ(fates_of(listened.plan),
            Lines{"/m/fast.mp3:review(lossy; to review: " + speed_text(speed) + ")"});
  PlanSettings deaf;
  EXPECT_EQ(fates_of(make_plan(library.store().snapshot(), "", deaf)), fates_of(listened.plan));
}

TEST(PlanByEar, WhatCanNotBeLinedUpAtItsSpeedIsListedAlone) {
  SmallLibrary library;
  library.add(lossless("/m/a.flac"), music(1));
  library.add(mp3("/m/fast.mp3"), faster_music());
  const Listened listened = plan_by_ear(library, {Heard{}});
  const PlanDrop& drop = listened.plan.groups.at(0).drops.at(0);
  EXPECT_EQ(fates_of(listened.plan),
            Lines{"/m/fast.mp3:none(" + speed_text(drop.speed) +
                  ": its tempo alone was changed, or another version of the music)"});
  EXPECT_EQ(drop.relation, Relation::version);
}

}  // namespace
}  // namespace echofold::dedupe_plan_by_ear_test
