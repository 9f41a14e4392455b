// What belongs to music goes with it, comes back with it, and never stays alone.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "engine/act/journal/moved_tracks.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "tests/engine/act/act_support.h"
#include "tests/support/kill.h"
#include "tests/support/temp_base.h"

namespace echofold::act_partners_test {
namespace {

struct PartnersGo : testing::Test, test::Library {
  PartnersGo() {
    file("a/keep.flac", "keeper");
    file("b/song.mp3", "loser");
    add_root();
  }

  PlanGroup planned() {
    test::age(root);
    return group(1, "a/keep.flac", {"b/song.mp3"});
  }

  /// Applies, tells what was set aside, and shows that undo restores everything to the nanosecond.
  std::set<std::string> aside_and_back(const ApplySettings& settings = {}) {
    const PlanGroup removal = planned();
    const auto before = test::tree(root);
    const auto summary = apply({removal}, settings);
    EXPECT_EQ(summary.moved, 1U) << (reported.empty() ? "" : outcome(reported[0]).note);
    std::set<std::string> gone;
    for (const auto& [path, what] : before)
      if (!test::exists(path)) gone.insert(path.substr(root.size() + 1));
    EXPECT_EQ(summary.along + 1, gone.size());
    EXPECT_EQ(undo().skipped, 0U);
    EXPECT_EQ(test::tree(root), before);
    return gone;
  }
};

using Names = std::set<std::string>;

TEST_F(PartnersGo, EveryKindOfTheSameStemOrFullName) {
  Names expected{"b/song.mp3"};
  for (const char* name : {"song.lrc", "song.cdg", "song.cue", "song.TXT", "song.srt", "song.en.vtt",
                           "song.mp3.md5", "SONG.jpg", "song.log", "song.mp3.asd", "song.info.json"}) {
    file(std::string("b/") + name, name);
    expected.insert(std::string("b/") + name);
  }
  for (const char* name :
       {"songs.lrc", "song 2.lrc", "other.cue", "song", "song.xyz", "song.wvc", "cover.jpg"})
    file(std::string("b/") + name, name);
  EXPECT_EQ(aside_and_back(), expected);
}

TEST_F(PartnersGo, CorrectionFilesGoWithTheirFormatAlone) {
  file("b/h.wv", "hybrid");
  file("b/h.wvc", "wvpk");
  test::age(root);
  const auto before = test::tree(root);
  EXPECT_EQ(apply({group(1, "a/keep.flac", {"b/h.wv"})}).along, 1U);
  EXPECT_FALSE(test::exists(path("b/h.wvc")));
  undo();
  EXPECT_EQ(test::tree(root), before);
}

TEST_F(PartnersGo, WhatOtherMusicNeedsStaysWithThat) {
  file("b/song.flac", "stays");
  file("b/song.lrc", "of both");
  file("b/song.mp3.lrc", "of one");
  EXPECT_EQ(aside_and_back(), (Names{"b/song.mp3", "b/song.mp3.lrc"}));
}

TEST_F(PartnersGo, WithTheLastOfTwoThatShareIt) {
  file("b/song.ogg", "another loser");
  file("b/song.lrc", "of both");
  file("c/keep.flac", "another keeper");
  test::age(root);
  const auto first = group(1, "a/keep.flac", {"b/song.mp3"});
  const auto second = group(2, "c/keep.flac", {"b/song.ogg"});
  const auto before = test::tree(root);
  const auto summary = apply({first, second});
  EXPECT_EQ(summary.along, 1U);
  EXPECT_EQ(place_before(reported.at(1)), path("b/song.lrc"));
  EXPECT_EQ(std::get<MoveStep>(reported.at(1)).move.goes_with, path("b/song.ogg"));
  undo();
  EXPECT_EQ(test::tree(root), before);
}

TEST_F(PartnersGo, ACueSheetOfAnotherNameBelongsToWhatItsLinesName) {
  file("b/Album.cue", "\xef\xbb\xbfPERFORMER \"x\"\r\nFILE \"song.wav\" WAVE\r\n");
  file("b/other.cue", "FILE \"elsewhere/song.mp3\" MP3\n");
  EXPECT_EQ(aside_and_back(), (Names{"b/song.mp3", "b/Album.cue"}));
}

TEST_F(PartnersGo, ACueSheetOfSeveralFilesOfWhichOneStays) {
  file("b/2.mp3", "stays");
  file("b/Album.cue", "FILE \"song.mp3\" MP3\nFILE \"2.mp3\" MP3\n");
  const auto removal = planned();
  const auto before = test::tree(root);
  EXPECT_EQ(apply({removal}).moved, 0U);
  EXPECT_NE(outcome(reported.at(0)).note.find("Album.cue"), std::string::npos) << outcome(reported[0]).note;
  EXPECT_NE(outcome(reported.at(0)).note.find("2.mp3"), std::string::npos) << outcome(reported[0]).note;
  EXPECT_EQ(test::tree(root), before);
}

TEST_F(PartnersGo, ACueSheetWhoseFilesAllGoGoesWithTheLast) {
  file("b/2.mp3", "goes, too");
  file("b/Album.cue", "FILE \"song.mp3\" MP3\nFILE \"2.mp3\" MP3\n");
  file("c/keep.flac", "another keeper");
  test::age(root);
  const std::vector<PlanGroup> groups = {group(1, "a/keep.flac", {"b/song.mp3"}),
                                         group(2, "c/keep.flac", {"b/2.mp3"})};
  const auto before = test::tree(root);
  const auto summary = apply(groups);
  EXPECT_EQ(summary.moved, 2U);
  EXPECT_FALSE(test::exists(path("b/Album.cue")));
  undo();
  EXPECT_EQ(test::tree(root), before);
}

TEST_F(PartnersGo, AMusicFileThatChangesLeavesItsPartnersToo) {
  file("b/song.lrc", "words");
  const auto removal = planned();
  ApplySettings settings;
  settings.prepare_keeper = [&](Rewriter&, const PlanGroup& group) {
    test::write_file(path("b/song.mp3"), "changed since");
    return group.keep.track;
  };
  const auto summary = apply({removal}, settings);
  EXPECT_EQ(summary.moved + summary.along, 0U);
  EXPECT_EQ(test::read_file(path("b/song.lrc")), "words") << "the words went first, and came back";
  EXPECT_EQ(test::read_file(path("b/song.mp3")), "changed since");
  EXPECT_EQ(reported.size(), 1U) << "reported once";
}

TEST_F(PartnersGo, PartnersAreNoTracksOfTheRun) {
  file("b/song.lrc", "words");
  const auto summary = apply({planned()});
  const MovedTracks moved = tracks_moved_since(store, summary.run);
  EXPECT_EQ(moved.losers.size(), 1U);
  const RunInfo run = history(store).at(0);
  EXPECT_EQ(run.moves_done, 2U);
  EXPECT_EQ(run.along(), 1U);
}

TEST_F(PartnersGo, AHybridPairThatLostItsOtherHalf) {
  file("a/keep.wv", "hybrid");
  file("a/keep.wvc", "wvpk and more");
  test::age(root);
  auto removal = group(1, "a/keep.wv", {"b/song.mp3"});
  removal.keep.track.properties.codec = "wavpack";
  removal.keep.track.properties.lossless = true;  // as the plan has it
  std::filesystem::remove(path("a/keep.wvc"));
  EXPECT_EQ(apply({removal}).moved, 0U);
  EXPECT_NE(outcome(reported.at(0)).note.find(".wvc"), std::string::npos) << outcome(reported[0]).note;
  file("a/keep.wvc", "wvpk and more");
  EXPECT_EQ(apply({removal}).moved, 1U);
}

struct PartnersAtThePlace : PartnersGo {
  PartnersAtThePlace() {
    settings.keep_path = true;
    file("a/keep.lrc", "words of the keeper");
    file("a/keep.flac.md5", "sum");
  }
  ApplySettings settings;
};

TEST_F(PartnersAtThePlace, GetTheNewNameInStep) {
  file("b/song.lrc", "words of the loser");
  const auto removal = planned();
  const auto before = test::tree(root);
  const auto summary = apply({removal}, settings);
  EXPECT_EQ(summary.renamed, 1U);
  EXPECT_EQ(summary.along, 3U);
  EXPECT_EQ(test::read_file(path("b/song.flac")), "keeper");
  EXPECT_EQ(test::read_file(path("b/song.lrc")), "words of the keeper");
  EXPECT_EQ(test::read_file(path("b/song.flac.md5")), "sum");
  EXPECT_EQ(undo().skipped, 0U);
  EXPECT_EQ(test::tree(root), before);
}

TEST_F(PartnersAtThePlace, TheKeeperStaysWhereTheNameOfAPartnerIsTaken) {
  file("b/song.ogg", "stays");
  file("b/song.lrc", "of song.ogg, too");
  const auto removal = planned();
  const auto summary = apply({removal}, settings);
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.renamed, 0U);
  EXPECT_EQ(test::read_file(path("a/keep.flac")), "keeper");
  EXPECT_EQ(test::read_file(path("a/keep.lrc")), "words of the keeper");
}

// --- Killed at a system call ---

struct Victim : test::Library {
  Victim() {
    file("a/keep.flac", "keeper");
    file("a/keep.lrc", "words of the keeper");
    file("b/song.mp3", "loser");
    file("b/song.lrc", "words of the loser");
    file("b/song.cue", "FILE \"song.mp3\" MP3\n");
    add_root();
    test::age(root);
    planned = group(1, "a/keep.flac", {"b/song.mp3"});
    settings.keep_path = true;
  }
  /// Neither a partner without its music nor music without its partners is in the folder `b` or `a`.
  std::string apart() const {
    const auto has = [&](const std::string& name) { return test::exists(path(name)); };
    if (has("b/song.mp3") != has("b/song.cue")) return "the loser and its cue sheet";
    if (has("b/song.flac") && !has("b/song.lrc")) return "the keeper and its words";
    if (has("a/keep.flac") != has("a/keep.lrc")) return "the keeper and its words in its own place";
    return "";
  }
  PlanGroup planned;
  ApplySettings settings;
};

template <class Prepare, class Job>
void kill_everywhere(Prepare prepare, Job job) {
  const test::TempInMemory memory;
  long kills = 0;
  for (long at = 1;; at += 23) {
    Victim victim;
    const auto files = test::contents({victim.root});
    const auto before = test::tree(victim.root, false);
    prepare(victim);
    { Store gone(std::move(victim.store)); }
    const long calls = test::killed_at(
        at, [&] { victim.store = Store::open(victim.dir / "db", {std::size_t{1} << 24}); },
        [&] { job(victim); });
    if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
    victim.store = Store::open(victim.dir / "db", {std::size_t{1} << 24});
    recover(victim.store);
    ASSERT_EQ(test::contents({victim.root}), files) << "after a kill at call " << at;
    ASSERT_EQ(victim.apart(), "") << "after a kill at call " << at;
    ASSERT_EQ(recover(victim.store), 0U) << at;
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(victim.store, "call " + std::to_string(at)));
    ASSERT_EQ(test::tree(victim.root, false), before) << at;
    if (calls < at) break;
    ++kills;
  }
  EXPECT_GT(kills, 10);
}

TEST(PartnersKilled, WhileTheyAreSetAside) {
  kill_everywhere([](Victim&) {}, [](Victim& victim) { victim.apply({victim.planned}, victim.settings); });
}

TEST(PartnersKilled, WhileTheyComeBack) {
  kill_everywhere([](Victim& victim) { victim.apply({victim.planned}, victim.settings); },
                  [](Victim& victim) { victim.undo(); });
}

}  // namespace
}  // namespace echofold::act_partners_test
