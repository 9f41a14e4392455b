// A journal that an older version wrote (older_run/) can be read and taken back.
//
// The run set a song and its lyrics aside, rewrote the keeper's tags, gave it the song's place, made a hard link of an equal
// copy and rewrote a playlist. Its bytes are as they were written, but for what can't be stored: where the library lies, and
// device and inode numbers.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "engine/act/journal/journal_line.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/undo.h"
#include "index/base/json.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/rewrite_support.h"
#include "tests/engine/act/step_support.h"
#include "tests/support/source_tree.h"

namespace echofold::recovery_older_run_test {
namespace {

const std::string run_name = "2026-12-01T06-13-30Z-7a01";
const std::string old_root = "/tmp/echofold-test-VM8oEH/music";
const std::string aside = ".echofold-duplicates/" + run_name + "/";
constexpr std::int64_t run_time_s = 1'796'105'610;

std::filesystem::path stored() { return test::source_tree() / "tests/engine/act/recovery/older_run"; }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

struct OlderRunTest : testing::Test {
  const std::string song = "the worse copy " + test::noise(2, 100);
  const std::string keeper = "the better copy " + test::noise(1, 200);
  const std::string equal = "equal bytes " + test::noise(3, 150);
  const std::string playlist = "../b/song.mp3\n../d/other.flac\n";
  test::Library library;

  /// As the run found it, and as it left it.
  OlderRunTest() {
    library.add_root();
    const std::map<std::string, std::string> tracks = {
        {"a/keep.flac", keeper}, {"b/song.mp3", song}, {"c/one.flac", equal}, {"d/other.flac", equal}};
    for (const auto& [name, bytes] : tracks) library.file(name, bytes);
    for (const auto& [name, bytes] : tracks) library.scanned(name);
    library.file("lists/all.m3u", "#new\n" + playlist);
    library.file(aside + "b/song.mp3", song);
    library.file(aside + "b/song.lrc", "[00:01.00] words");
    library.file("b/song.flac", "TAG " + keeper);
    std::filesystem::remove(library.path("a/keep.flac"));
    std::filesystem::remove(library.path("b/song.mp3"));
    std::filesystem::remove(library.path("d/other.flac"));
    std::filesystem::create_hard_link(library.path("c/one.flac"), library.path("d/other.flac"));
    test::set_mtime(library.path(aside + "b/song.mp3"), 1'500'000'005, 123'456'789);
    test::set_mtime(library.path(aside + "b/song.lrc"), 1'500'000'004, 123'456'789);
    test::set_mtime(library.path("c/one.flac"), 1'500'000'007, 123'456'789);
    test::set_mtime(library.path("b/song.flac"), run_time_s, 951'682'041);
    test::set_mtime(library.path("lists/all.m3u"), run_time_s + 1, 87'682'036);
    put_journal();
  }

  void put_journal() {
    const std::map<std::string, std::string> inodes = {{"10956091", "b/song.flac"},
                                                       {"10956078", aside + "b/song.lrc"},
                                                       {"10956077", aside + "b/song.mp3"},
                                                       {"10956080", "c/one.flac"},
                                                       {"10953110", "lists/all.m3u"}};
    const std::filesystem::path runs = runs_dir(library.store);
    std::filesystem::create_directories(runs);
    std::filesystem::copy(stored() / "undo", runs / (run_name + ".undo"));
    std::ifstream lines(stored() / "run.ndjson");
    std::ofstream out(runs / (run_name + std::string(journal_extension)));
    for (std::string line; std::getline(lines, line);) {
      const auto object = unseal(line);
      ASSERT_TRUE(object) << "the checksum of a line does not fit any more: " << line;
      std::string text = replaced(to_line(*object), old_root, library.root);
      text = replaced(text, "\"device\":65024",
                      "\"device\":" + std::to_string(test::stamp(library.path("c/one.flac")).device));
      for (const auto& [inode, name] : inodes)
        text = replaced(text, "\"inode\":" + inode,
                        "\"inode\":" + std::to_string(test::stamp(library.path(name)).inode));
      out << seal(parse_object(text));
    }
  }

  std::string bytes(const std::string& name) const { return test::read_file(library.path(name)); }
  std::int64_t mtime_s(const std::string& name) const {
    return test::stamp(library.path(name)).mtime_ns / 1'000'000'000;
  }
};

TEST_F(OlderRunTest, IsCounted) {
  const auto runs = history(library.store);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_FALSE(runs[0].problem);
  EXPECT_EQ(runs[0].moves_done, 3U);
  EXPECT_EQ(runs[0].along(), 1U);
  EXPECT_EQ(runs[0].there.all_renamed(), 1U);
  EXPECT_EQ(runs[0].rewrites_done, 3U);
  EXPECT_TRUE(runs[0].settled);
}

TEST_F(OlderRunTest, KnowsTheKindsOfItsSteps) {
  const JournalContents contents = read_journal(journal_files(runs_dir(library.store)).at(0));
  const auto rewrites = test::rewrites(contents);
  ASSERT_EQ(rewrites.size(), 3U);
  EXPECT_EQ(rewrites[0].rewrite.kind, RewriteKind::tags);
  EXPECT_EQ(rewrites[0].prepared->tags_after->artist, "new");
  EXPECT_EQ(rewrites[1].rewrite.kind, RewriteKind::hard_link);
  EXPECT_EQ(rewrites[2].rewrite.kind, RewriteKind::playlist);
  EXPECT_EQ(test::moves(contents).at(2).move.purpose, MovePurpose::rename);
}

TEST_F(OlderRunTest, IsTakenBack) {
  const UndoSummary summary = library.undo();
  EXPECT_EQ(summary.restored, 6U);
  EXPECT_EQ(summary.skipped, 0U);
  EXPECT_EQ(bytes("a/keep.flac"), keeper);
  EXPECT_EQ(bytes("b/song.mp3"), song);
  EXPECT_EQ(bytes("b/song.lrc"), "[00:01.00] words");
  EXPECT_EQ(bytes("d/other.flac"), equal);
  EXPECT_EQ(bytes("lists/all.m3u"), playlist);
  EXPECT_FALSE(test::exists(library.path("b/song.flac")));
  EXPECT_FALSE(test::exists(library.path(".echofold-duplicates")));
  EXPECT_NE(test::stamp(library.path("c/one.flac")).inode, test::stamp(library.path("d/other.flac")).inode);
  EXPECT_EQ(mtime_s("a/keep.flac"), 1'500'000'002);
  EXPECT_EQ(mtime_s("d/other.flac"), 1'500'000'009);
  EXPECT_EQ(mtime_s("lists/all.m3u"), 1'500'000'011);
  EXPECT_TRUE(history(library.store).at(0).taken_back);
}

}  // namespace
}  // namespace echofold::recovery_older_run_test
