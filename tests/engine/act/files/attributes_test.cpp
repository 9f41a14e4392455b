// Extended attributes that the file system of the set-aside folder can't hold: kept in the journal, or the file stays.
#include <gtest/gtest.h>
#include <sys/xattr.h>

#include <cerrno>
#include <optional>

#include "engine/act/files/attributes.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/recover.h"
#include "tests/engine/act/act_support.h"
#include "tests/support/kill.h"
#include "tests/support/mounts.h"
#include "tests/support/temp_base.h"

namespace echofold::files_attributes_test {
namespace {

using test::Mount;

std::optional<std::string> attribute(const std::string& path, const char* name) {
  std::string value(std::size_t{1} << 17, '\0');
  const ssize_t size = lgetxattr(path.c_str(), name, value.data(), value.size());
  if (size < 0) return std::nullopt;
  value.resize(static_cast<std::size_t>(size));
  return value;
}

bool give(const std::string& path, const char* name, const std::string& value) {
  return setxattr(path.c_str(), name, value.data(), value.size(), 0) == 0;
}

/// An access list that lets user 12 read, as the kernel takes it: version 2, then tag, rights and id of each entry.
std::string access_list() {
  const std::vector<std::vector<unsigned>> entries{
      {1, 6, ~0U}, {2, 4, 12}, {4, 4, ~0U}, {16, 4, ~0U}, {32, 0, ~0U}};
  std::string bytes{2, 0, 0, 0};
  const auto put = [&](unsigned number, int count) {
    for (int i = 0; i < count; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
  };
  for (const auto& entry : entries) {
    put(entry[0], 2);
    put(entry[1], 2);
    put(entry[2], 4);
  }
  return bytes;
}

/// A loser with attributes, and a file system for the set-aside folder that holds none.
struct Attributed : test::Library {
  explicit Attributed(bool mounted = true) {
    file("a/keep.flac", "keeper");
    file("b/song.mp3", "loser");
    file("b/song.lrc", "words");
    add_root();
    settings.set_aside_dir = (dir / "aside/dups").native();
    if (mounted) bare.emplace(Mount::without_attributes((dir / "aside").native()));
  }
  bool can(const std::string& name, const std::string& value) const {
    return bare && *bare && give(song(), name.c_str(), value);
  }
  std::string song() const { return path("b/song.mp3"); }
  PlanGroup planned() {
    test::age(root);
    return group(1, "a/keep.flac", {"b/song.mp3"});
  }

  std::optional<Mount> bare;
  ApplySettings settings;
};

TEST(AttributesTest, TheyComeBackFromADiskThatHoldsNone) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  Attributed scene;
  if (!scene.can("user.rating", "5")) GTEST_SKIP() << "no attributes here";
  const std::string bytes("\0\xff\n", 3);
  ASSERT_TRUE(give(scene.song(), "user.bytes", bytes));
  ASSERT_TRUE(give(scene.song(), "user.empty", ""));
  ASSERT_TRUE(give(scene.path("b/song.lrc"), "user.of", "a partner"));
  const bool list = give(scene.song(), "system.posix_acl_access", access_list());
  const PlanGroup removal = scene.planned();
  const auto before = test::tree(scene.root);
  const auto summary = scene.apply({removal}, scene.settings);
  ASSERT_EQ(summary.moved, 1U) << outcome(scene.reported[0]).note;
  EXPECT_FALSE(attribute(place_after(scene.reported.back()), "user.rating")) << "the test tests nothing";
  EXPECT_EQ(scene.undo().skipped, 0U);
  for (const Step& step : scene.reported) EXPECT_EQ(outcome(step).note, "");
  EXPECT_EQ(attribute(scene.song(), "user.rating"), "5");
  EXPECT_EQ(attribute(scene.song(), "user.bytes"), bytes);
  EXPECT_EQ(attribute(scene.song(), "user.empty"), "");
  EXPECT_EQ(attribute(scene.path("b/song.lrc"), "user.of"), "a partner");
  if (list) {
    EXPECT_EQ(attribute(scene.song(), "system.posix_acl_access"), access_list());
  }
  EXPECT_EQ(test::tree(scene.root), before);
}

TEST(AttributesTest, AnExFatGivesThemBackToo) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  Attributed scene(false);
  const Mount exfat = Mount::exfat((scene.dir / "image").native(), (scene.dir / "aside").native(), "16M");
  if (!exfat || !give(scene.song(), "user.rating", "5")) GTEST_SKIP() << "no exFAT, or no attributes here";
  const PlanGroup removal = scene.planned();
  test::set_mtime(scene.song(), 1'400'000'000, 0);
  const auto before = test::tree(scene.root);
  PlanGroup again = removal;
  again.drops[0].file.track = scene.scanned("b/song.mp3");
  ASSERT_EQ(scene.apply({again}, scene.settings).moved, 1U) << outcome(scene.reported[0]).note;
  EXPECT_EQ(test::stamp(place_after(scene.reported.back())).mtime_ns, 1'400'000'000'000'000'000)
      << "a driver that sets both times or none";
  EXPECT_EQ(scene.undo().skipped, 0U);
  EXPECT_EQ(attribute(scene.song(), "user.rating"), "5");
  EXPECT_EQ(test::tree(scene.root), before);
}

TEST(AttributesTest, AFileWithMoreThanTheJournalTakesStays) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  const test::TempDir dir;
  const Mount memory = Mount::in_memory((dir / "m").native(), "16m");
  if (!memory) GTEST_SKIP() << "no file system in memory here";
  const test::TempBase in_memory(dir / "m");
  Attributed scene;
  const std::string large(std::size_t{40} << 10, 'x');
  if (!scene.can("user.large", large) || !scene.can("user.larger", large))
    GTEST_SKIP() << "no large attributes here";
  const PlanGroup removal = scene.planned();
  const auto before = test::tree(scene.root);
  const auto summary = scene.apply({removal}, scene.settings);
  EXPECT_EQ(summary.moved + summary.along, 0U);
  EXPECT_NE(outcome(scene.reported.at(0)).note.find("user.large"), std::string::npos)
      << outcome(scene.reported[0]).note;
  EXPECT_NE(outcome(scene.reported.at(0)).note.find("too large for the journal"), std::string::npos);
  for (const auto& [path, line] : before)
    if (!line.starts_with("16")) {
      EXPECT_EQ(test::tree(scene.root)[path], line);
    }
  EXPECT_EQ(attribute(scene.song(), "user.large"), large);

  // Where they fit beside the file, they need no journal.
  ApplySettings near;
  ASSERT_EQ(scene.apply({removal}, near).moved, 1U) << outcome(scene.reported[0]).note;
  EXPECT_EQ(scene.undo().skipped, 0U);
  EXPECT_EQ(attribute(scene.song(), "user.larger"), large);
}

TEST(AttributesTest, WhatTheOldPlaceCantHoldIsSaid) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  Attributed scene(false);
  const Mount bare = Mount::without_attributes(scene.root + "/bare");
  ASSERT_TRUE(bare);
  scene.file("bare/keep.flac", "keeper");
  scene.file("bare/song.mp3", "loser");
  const PlanGroup removal = scene.group(1, "bare/keep.flac", {"bare/song.mp3"});
  ASSERT_EQ(scene.apply({removal}, scene.settings).moved, 1U) << outcome(scene.reported[0]).note;
  if (!give(place_after(scene.reported[0]), "user.later", "1")) GTEST_SKIP() << "no attributes here";
  EXPECT_EQ(scene.undo().restored, 1U);
  EXPECT_NE(outcome(scene.reported.at(0)).note.find("user.later"), std::string::npos)
      << outcome(scene.reported[0]).note;
  EXPECT_EQ(test::read_file(scene.path("bare/song.mp3")), "loser");
}

TEST(AttributesTest, KilledAnywhereTheyComeBack) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  long kills = 0;
  for (const bool undoing : {false, true})
    for (long at = 1;; at += 83) {
      Attributed scene;
      if (!scene.can("user.rating", "5")) GTEST_SKIP() << "no attributes here";
      const PlanGroup removal = scene.planned();
      if (undoing) scene.apply({removal}, scene.settings);
      { Store gone(std::move(scene.store)); }
      const long calls = test::killed_at(
          at, [&] { scene.store = scene.open(); },
          [&] { undoing ? void(scene.undo()) : void(scene.apply({removal}, scene.settings)); });
      if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
      scene.store = scene.open();
      recover(scene.store);
      ASSERT_NO_FATAL_FAILURE(test::take_all_back(scene.store, "call " + std::to_string(at)));
      ASSERT_EQ(attribute(scene.song(), "user.rating"), "5") << at;
      ASSERT_EQ(test::read_file(scene.song()), "loser") << at;
      if (calls < at) break;
      ++kills;
    }
  EXPECT_GT(kills, 5);
}

}  // namespace
}  // namespace echofold::files_attributes_test
