// The keeper at its loser's place, and guard files in the set-aside folder; both go with undo.
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/engine/act/act_support.h"
#include "tests/support/kill.h"
#include "tests/support/temp_base.h"

#include "engine/act/recovery/recover.h"

namespace echofold::act_keep_path_test {
namespace {

using test::Library;

struct KeepPath : testing::Test, Library {
  KeepPath() {
    add_root();
    settings.keep_path = true;
  }

  std::string bytes(const std::string& name) const {
    return test::exists(path(name)) ? test::read_file(path(name)) : "nothing";
  }

  /// Applies, and shows that undo restores tree and records.
  void there_and_back(const PlanGroup& group) {
    const auto before = test::tree(root);
    ASSERT_EQ(apply({group}, settings).moved, group.drops.size());
    EXPECT_EQ(undo().skipped, 0U);
    EXPECT_EQ(test::tree(root), before);
    EXPECT_EQ(record(group.keep.track.id), group.keep.track);
    for (const TrackRecord& drop : tracks_of(group.drops)) {
      EXPECT_EQ(record(drop.id), drop);
      EXPECT_EQ(store.snapshot().find_path(drop.path), drop.id);
    }
    last = apply({group}, settings);
  }

  ApplySettings settings;
  ApplySummary last;
};

TEST_F(KeepPath, TheKeeperGetsFolderAndStemAndKeepsItsExtension) {
  file("new/x.flac", "better");
  file("album/03 song.mp3", "worse");
  const auto group = this->group(1, "new/x.flac", {"album/03 song.mp3"});
  there_and_back(group);
  EXPECT_EQ(bytes("album/03 song.flac"), "better");
  EXPECT_EQ(bytes("new/x.flac"), "nothing");
  EXPECT_EQ(last.renamed, 1U);
  EXPECT_EQ(record(group.keep.track.id).path, path("album/03 song.flac"));
  EXPECT_EQ(record(group.keep.track.id).place, TrackPlace::present);
  EXPECT_EQ(std::get<MoveStep>(reported.back()).move.purpose, MovePurpose::rename);
}

TEST_F(KeepPath, TheVeryNameOfTheLoserWhenTheExtensionIsTheSame) {
  file("z/x.mp3", "better");
  file("a/song.mp3", "worse");
  const auto group = this->group(1, "z/x.mp3", {"a/song.mp3"});
  there_and_back(group);
  EXPECT_EQ(bytes("a/song.mp3"), "better");
  EXPECT_EQ(store.snapshot().find_path(path("a/song.mp3")), group.keep.track.id)
      << "the path is the keeper's now";
}

TEST_F(KeepPath, OfSeveralLosersTheFirstByPath) {
  file("k.flac", "better");
  file("b/2.mp3", "worse");
  file("a/1.mp3", "worse, too");
  there_and_back(group(1, "k.flac", {"b/2.mp3", "a/1.mp3"}));
  EXPECT_EQ(bytes("a/1.flac"), "better");
}

TEST_F(KeepPath, ATakenNameIsNumbered) {
  file("k.flac", "better");
  file("a/song.mp3", "worse");
  file("a/SONG.FLAC", "somebody else's");
  there_and_back(group(1, "k.flac", {"a/song.mp3"}));
  EXPECT_EQ(bytes("a/song (2).flac"), "better");
  EXPECT_EQ(bytes("a/SONG.FLAC"), "somebody else's");
}

TEST_F(KeepPath, NothingToDoBesideTheLoser) {
  file("a/song.flac", "better");
  file("a/song.mp3", "worse");
  there_and_back(group(1, "a/song.flac", {"a/song.mp3"}));
  EXPECT_EQ(bytes("a/song.flac"), "better");
  EXPECT_EQ(last.renamed, 0U);
}

TEST_F(KeepPath, AProtectedKeeperStays) {
  file("safe/k.flac", "better");
  file("a/song.mp3", "worse");
  settings.protected_folders = {path("safe")};
  there_and_back(group(1, "safe/k.flac", {"a/song.mp3"}));
  EXPECT_EQ(bytes("safe/k.flac"), "better");
  EXPECT_EQ(last.skipped, 1U);
  EXPECT_NE(outcome(reported.front()).note.find("protected"), std::string::npos);
}

TEST_F(KeepPath, KilledAnywhereItCanBeTakenBack) {
  const test::TempInMemory memory;
  long kills = 0;
  for (long at = 1;; at += 9) {
    Library victim;
    victim.add_root();
    victim.file("z/x.mp3", "better");
    victim.file("a/song.mp3", "worse");
    const std::vector<PlanGroup> groups{victim.group(1, "z/x.mp3", {"a/song.mp3"})};
    const auto before = test::tree(victim.root, false);
    const auto files = test::contents({victim.root});
    { Store gone(std::move(victim.store)); }
    const long calls = test::killed_at(
        at, [&] { victim.store = victim.open(); }, [&] { victim.apply(groups, settings); });
    if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
    victim.store = victim.open();
    recover(victim.store);
    ASSERT_EQ(test::contents({victim.root}), files) << at;
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(victim.store, "call " + std::to_string(at)));
    auto after = test::tree(victim.root, false);
    std::erase_if(after, [](const auto& entry) {
      return entry.first.find(".echofold-duplicates") != std::string::npos;
    });
    ASSERT_EQ(after, before) << at;
    ASSERT_EQ(victim.record(groups[0].keep.track.id), groups[0].keep.track) << at;
    ASSERT_EQ(victim.record(groups[0].drops[0].file.track.id), groups[0].drops[0].file.track) << at;
    if (calls < at) break;
    ++kills;
  }
  EXPECT_GT(kills, 10);
}

struct GuardFiles : KeepPath {
  GuardFiles() {
    settings.keep_path = false;
    file("k.flac", "better");
    file("a/song.mp3", "worse");
  }
};

TEST_F(GuardFiles, StandInTheSetAsideFolderAndGoWithUndo) {
  there_and_back(group(1, "k.flac", {"a/song.mp3"}));
  for (const char* name : {".ndignore", ".plexignore", ".ignore"})
    EXPECT_EQ(bytes(std::string(".echofold-duplicates/") + name), "*\n");
}

TEST_F(GuardFiles, WhatTheUserPutThereStays) {
  file(".echofold-duplicates/.ndignore", "mine");
  const auto plan = group(1, "k.flac", {"a/song.mp3"});
  apply({plan}, settings);
  EXPECT_EQ(bytes(".echofold-duplicates/.ndignore"), "mine");
  EXPECT_EQ(bytes(".echofold-duplicates/.ignore"), "*\n") << "an existing folder gets what it lacks";
  EXPECT_EQ(undo().skipped, 0U);
  EXPECT_EQ(bytes(".echofold-duplicates/.ndignore"), "mine");
}

TEST_F(GuardFiles, InAFolderOfTheUsersChoiceOnlyTheRunIsGuarded) {
  settings.set_aside_dir = (dir / "dups").native();
  const auto plan = group(1, "k.flac", {"a/song.mp3"});
  const std::string run = apply({plan}, settings).run;
  EXPECT_FALSE(test::exists(settings.set_aside_dir + "/.ignore"));
  EXPECT_TRUE(test::exists(settings.set_aside_dir + "/" + run + "/.ignore"));
  EXPECT_EQ(undo().skipped, 0U);
  EXPECT_FALSE(test::exists(settings.set_aside_dir));
}

}  // namespace
}  // namespace echofold::act_keep_path_test
