// Which side is the library, which folder a file belongs to, and what the library stores about it.
#include "tools/stages/dedupe_sides.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/temp_dir.h"

namespace echofold::stages_dedupe_sides_test {
namespace {

using test::TempDir;

struct DedupeSides : testing::Test {
  void add(const std::string& folder, int count) {
    store.write([&](Writer& writer) {
      for (int i = 0; i < count; ++i) {
        TrackRecord track;
        track.path = folder + "/" + std::to_string(i) + ".mp3";
        track.stamp = {1, ++inode, 1, 1};
        track.status = TrackStatus::too_short;
        writer.put_track(track, {});
      }
    });
  }

  TempDir dir;
  Store store = Store::open(dir / "db");
  std::uint64_t inode = 0;
};

TEST_F(DedupeSides, ALargeFolderIsTheLibraryItself) {
  const auto is_library = [&](const char* folder) { return is_library_itself(store.snapshot(), {folder}); };
  add("/music", 999);
  add("/incoming", 20);
  EXPECT_FALSE(is_library("/music"));
  add("/music/more", 1);
  EXPECT_TRUE(is_library("/music"));
  EXPECT_FALSE(is_library("/incoming"));
  add("/incoming/more", 231);
  EXPECT_FALSE(is_library("/music")) << "less than four times the rest";
}

TEST_F(DedupeSides, NewFoldersAreRemembered) {
  EXPECT_TRUE(remembered_new_folders(store.snapshot()).empty());
  const std::vector<std::string> folders{"/a", "/b\n\xff"};
  remember_new_folders(store, folders);
  EXPECT_EQ(remembered_new_folders(store.snapshot()), folders);
  const auto generation = store.snapshot().generation();
  remember_new_folders(store, folders);
  EXPECT_EQ(store.snapshot().generation(), generation) << "nothing is written twice";
}

TEST_F(DedupeSides, TheOutermostRoot) {
  const std::vector<Root> roots{{"/m/new", 0, 1}, {"/m", 0, 1}, {"/mm", 0, 1}};
  EXPECT_EQ(root_around("/m/new/x/a.mp3", roots), "/m");
  EXPECT_EQ(root_around("/mm/a.mp3", roots), "/mm");
  EXPECT_EQ(root_around("/other/x/a.mp3", roots), "/other/x");
}

TEST_F(DedupeSides, PathsForPeople) {
  const std::string home = dir.path().native();
  const char* before = std::getenv("HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("HOME", home.c_str(), 1);
  EXPECT_EQ(path_for_people(home + "/Music"), "~/Music");
  EXPECT_EQ(path_for_people(home), "~");
  EXPECT_EQ(path_for_people(home + "er/Music"), home + "er/Music");
  EXPECT_EQ(path_for_people(home + "/\x1b[2J"), "~/\\x1b[2J");
  setenv("HOME", kept.c_str(), 1);
}

TEST_F(DedupeSides, OtherFilesAreLookedAt) {
  OtherFiles others;
  TrackRecord track;
  track.path = dir / "gone.mp3";
  EXPECT_FALSE(others.is_there(track));
  EXPECT_TRUE(others.take_changed().empty());
  track.path = dir.path().native() + "/db";  // is there, with another stamp
  EXPECT_FALSE(others.is_there(track));
  EXPECT_FALSE(others.is_there(track));
  EXPECT_EQ(others.take_changed(), std::vector<std::string>{track.path});
  EXPECT_TRUE(others.take_changed().empty());
}

}  // namespace
}  // namespace echofold::stages_dedupe_sides_test
