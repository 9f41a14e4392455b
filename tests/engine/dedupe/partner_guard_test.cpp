// The user is asked about a copy with a partner file that the keeper lacks.
#include "engine/dedupe/partner_guard.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_dir.h"

namespace echofold::dedupe_partner_guard_test {
namespace {

struct PartnerGuard : testing::Test {
  PartnerGuard() {
    std::filesystem::create_directories(dir / "a");
    std::filesystem::create_directories(dir / "b");
    for (const char* name : {"a/keep.flac", "b/drop.mp3"}) file(name);
  }
  void file(const std::string& name) const { std::ofstream(dir / name) << "x"; }
  std::string path(const std::string& name) const { return (dir / name).native(); }

  PlanDrop guarded(const TrackRecord& keeper = {}, bool chosen = false, Action action = Action::move) {
    Plan plan;
    PlanGroup& group = plan.groups.emplace_back();
    group.keep.track = keeper;
    group.keep.track.path = path("a/keep.flac");
    PlanDrop& drop = group.drops.emplace_back();
    drop.file.track.path = path("b/drop.mp3");
    drop.action = action;
    drop.chosen = chosen;
    drop.why = "lossy";
    ask_about_partners(plan);
    return plan.groups[0].drops[0];
  }

  test::TempDir dir;
};

TEST_F(PartnerGuard, NothingBesideItIsMoved) { EXPECT_EQ(guarded().action, Action::move); }

TEST_F(PartnerGuard, WhatTheKeeperHasNotIsNamed) {
  for (const auto& [ending, name] : std::vector<std::pair<std::string, std::string>>{
           {"lrc", "lyrics"}, {"cdg", "karaoke graphics"}, {"cue", "a cue sheet"}, {"srt", "subtitles"}}) {
    file("b/drop." + ending);
    const PlanDrop drop = guarded();
    EXPECT_EQ(drop.action, Action::review) << ending;
    EXPECT_NE(drop.why.find("has " + name + " beside it that the other lacks: drop." + ending),
              std::string::npos)
        << drop.why;
    std::filesystem::remove(dir / ("b/drop." + ending));
  }
}

TEST_F(PartnerGuard, WhatTheKeeperHasToo) {
  file("b/drop.lrc");
  file("a/keep.flac.txt");
  EXPECT_EQ(guarded().action, Action::move);
  std::filesystem::remove(dir / "a/keep.flac.txt");
  TrackRecord with_lyrics;
  with_lyrics.contents.lyrics = true;
  EXPECT_EQ(guarded(with_lyrics).action, Action::move) << "inside of it";
}

TEST_F(PartnerGuard, WhatIsNoPartOfTheMusic) {
  for (const char* ending : {"jpg", "log", "md5", "asd"}) file(std::string("b/drop.") + ending);
  EXPECT_EQ(guarded().action, Action::move);
}

TEST_F(PartnerGuard, WhatStaysWithOtherMusicIsNotLost) {
  file("b/drop.lrc");
  file("b/drop.ogg");
  EXPECT_EQ(guarded().action, Action::move);
}

TEST_F(PartnerGuard, WhatTheUserChoseGoes) {
  file("b/drop.cdg");
  EXPECT_EQ(guarded({}, true).action, Action::move);
  const PlanDrop listed = guarded({}, false, Action::none);
  EXPECT_EQ(listed.action, Action::none);
  EXPECT_EQ(listed.why, "lossy");
}

TEST_F(PartnerGuard, AHybridPairIsLossless) {
  DiskNames disk;
  Partners partners(disk);
  std::ofstream(dir / "b/h.wv") << "x";
  std::ofstream(dir / "b/h.wvc") << "wvpk";
  std::ofstream(dir / "b/alone.wv") << "x";
  TrackRecord pair, alone, other;
  pair.path = path("b/h.wv");
  alone.path = path("b/alone.wv");
  pair.properties.codec = alone.properties.codec = "wavpack";
  note_correction(pair, partners);
  note_correction(alone, partners);
  EXPECT_TRUE(pair.properties.lossless);
  EXPECT_FALSE(alone.properties.lossless);
}

}  // namespace
}  // namespace echofold::dedupe_partner_guard_test
