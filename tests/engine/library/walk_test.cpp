#include "engine/library/walk.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "index/base/error.h"
#include "tests/engine/library/files.h"
#include "tests/support/temp_dir.h"

namespace echofold::library_walk_test {
namespace {

namespace fs = std::filesystem;

class WalkTest : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const { return (dir_ / name).string(); }
  void touch(const std::string& name) const { test::write_bytes(dir_ / name, name); }
  std::vector<std::string> names(const WalkResult& result) const {
    std::vector<std::string> names;
    for (const FoundFile& file : result.files)
      names.push_back(file.path.substr(dir_.path().string().size() + 1));
    return names;
  }
  using Names = std::vector<std::string>;
  test::TempDir dir_;
};

TEST_F(WalkTest, FindsMusicByExtensionWhateverItsCase) {
  for (const char* name :
       {"a.mp3", "b.FLAC", "c.txt", "d", "e.mp3.part", "sub/f.Opus", "sub/deep/er/g.wv", "mp3"})
    touch(name);
  const WalkResult result = walk({at("")});
  EXPECT_EQ(names(result), (Names{"a.mp3", "b.FLAC", "sub/deep/er/g.wv", "sub/f.Opus"}));
  EXPECT_TRUE(result.failures.empty());
  EXPECT_EQ(result.roots, Names{dir_.path().string()});
}

TEST_F(WalkTest, ComesInOrderOfPathBytes) {
  for (const char* name :
       {"a/x.mp3", "a b/x.mp3", "a.mp3", "a-b.mp3", "a0.mp3", "B.mp3", "a/\xff.mp3", "a/b/c.mp3", "a/b.mp3"})
    touch(name);
  const Names found = names(walk({at("")}));
  EXPECT_EQ(found.size(), 9u);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

TEST_F(WalkTest, TakesTheStampOfTheFile) {
  touch("a.mp3");
  test::set_mtime(dir_ / "a.mp3", 1'700'000'000'123'456'789);
  const WalkResult result = walk({at("a.mp3")});
  struct stat status {};
  ASSERT_EQ(::stat(at("a.mp3").c_str(), &status), 0);
  EXPECT_EQ(result.files.at(0).stamp, (Stamp{status.st_dev, status.st_ino, 5, 1'700'000'000'123'456'789}));
}

TEST_F(WalkTest, LeavesOutHiddenAndSetAsideUnlessGivenByName) {
  for (const char* name : {".a.mp3", ".hidden/b.mp3", ".echofold-duplicates/run/c.mp3", "d.mp3"}) touch(name);
  EXPECT_EQ(names(walk({at("")})), Names{"d.mp3"});
  EXPECT_EQ(names(walk({at(".hidden"), at(".a.mp3")})), (Names{".a.mp3", ".hidden/b.mp3"}));
  const WalkResult both = walk({at(""), at(".hidden")});
  EXPECT_EQ(names(both), (Names{".hidden/b.mp3", "d.mp3"}));
  EXPECT_EQ(both.roots.size(), 1u);
}

TEST_F(WalkTest, LeavesOutTrashAndSnapshotsAndNamesThoseThatHoldSomething) {
  for (const char* name :
       {"a.mp3", "#recycle/b.mp3", "sub/@eaDir/c.mp3", ".Trash-1000/files/d.mp3", "sub/Trash/e.mp3"})
    touch(name);
  fs::create_directory(dir_ / "lost+found");
  touch("$RECYCLE.BIN/desktop.ini");
  const WalkResult result = walk({at("")});
  EXPECT_EQ(names(result), (Names{"a.mp3", "sub/Trash/e.mp3"}));
  EXPECT_EQ(result.trash_folders, (Names{at("#recycle"), at(".Trash-1000"), at("sub/@eaDir")}));
  EXPECT_EQ(names(walk({at("#recycle")})), Names{"#recycle/b.mp3"});

  WalkSettings settings;
  settings.include_trash = true;
  touch(".Trash-1000/.hidden/f.mp3");
  touch(".echofold-duplicates/g.mp3");
  const WalkResult all = walk({at("")}, settings);
  EXPECT_EQ(names(all), (Names{"#recycle/b.mp3", ".Trash-1000/files/d.mp3", "a.mp3", "sub/@eaDir/c.mp3",
                               "sub/Trash/e.mp3"}));
  EXPECT_TRUE(all.trash_folders.empty());
}

TEST_F(WalkTest, CountsUnlistedExtensionsAndLinks) {
  for (const char* name : {"a.mp3", "b.webm", "c.WEBM", "sub/d.m4b", "e.txt", "f.ts", "g", ".h.webm",
                           "#recycle/i.webm", "j.part"})
    touch(name);
  fs::create_symlink(dir_ / "a.mp3", dir_ / "link.mp3");
  fs::create_symlink(dir_ / "e.txt", dir_ / "link.txt");
  fs::create_symlink("nowhere.mp3", dir_ / "broken.mp3");
  fs::create_directory_symlink("sub", dir_ / "folder");
  fs::create_directory_symlink("sub", dir_ / ".hidden");
  WalkResult result = walk({at(""), at("sub")});
  EXPECT_EQ(result.unlisted, (std::map<std::string, std::uint64_t>{{"m4b", 1}, {"webm", 2}}));
  EXPECT_EQ(result.links, (Names{at("folder"), at("link.mp3")}));

  WalkSettings settings;
  settings.extensions.emplace_back("webm");
  settings.exclude_globs = {"*.m4b", "folder"};
  result = walk({at("")}, settings);
  EXPECT_TRUE(result.unlisted.empty());
  EXPECT_EQ(result.links, Names{at("link.mp3")});
}

TEST_F(WalkTest, DoesNotFollowLinksExceptGivenOnes) {
  touch("real/a.mp3");
  fs::create_directory_symlink(dir_ / "real", dir_ / "folder");
  fs::create_symlink(dir_ / "real/a.mp3", dir_ / "file.mp3");
  fs::create_directory_symlink(dir_.path(), dir_ / "real/loop");
  EXPECT_EQ(names(walk({at("")})), Names{"real/a.mp3"});
  const WalkResult folder = walk({at("folder")});
  EXPECT_EQ(names(folder), Names{"real/a.mp3"});
  EXPECT_EQ(folder.roots, Names{at("real")});
  EXPECT_EQ(names(walk({at("file.mp3")})), Names{"real/a.mp3"});
}

TEST_F(WalkTest, TakesEachInodeOnceWithItsOtherNames) {
  touch("b.mp3");
  fs::create_directory(dir_ / "sub");
  fs::create_hard_link(dir_ / "b.mp3", dir_ / "sub/z.mp3");
  fs::create_hard_link(dir_ / "b.mp3", dir_ / "a.mp3");
  const WalkResult result = walk({at("")});
  EXPECT_EQ(names(result), Names{"a.mp3"});
  EXPECT_EQ(result.files.at(0).link_paths, (Names{at("b.mp3"), at("sub/z.mp3")}));
}

TEST_F(WalkTest, TakesWhatIsGivenTwiceOnce) {
  for (const char* name : {"a/b/x.mp3", "a/y.mp3"}) touch(name);
  fs::create_directory_symlink(dir_ / "a", dir_ / "link");
  const WalkResult result =
      walk({at("a"), at("a/"), at("a/b"), at("link"), at("a/../a/./b"), at("a//y.mp3"), at("link/b/x.mp3")});
  EXPECT_EQ(names(result), (Names{"a/b/x.mp3", "a/y.mp3"}));
  EXPECT_TRUE(result.files[0].link_paths.empty());
  EXPECT_EQ(result.roots, Names{at("a")});
}

TEST_F(WalkTest, TakesAGivenFileWhateverItsExtension) {
  touch("song.dat");
  EXPECT_EQ(names(walk({at("song.dat")})), Names{"song.dat"});
}

TEST_F(WalkTest, SurvivesNamesOfAnyBytes) {
  const Names odd = {" .mp3", "\"q\".mp3", "-dash.mp3", "line\nbreak.mp3", "tab\t.mp3", "\xe9\xff.mp3"};
  for (const std::string& name : odd) touch("odd\n\xff/" + name);
  const WalkResult result = walk({at("odd\n\xff")});
  ASSERT_EQ(result.files.size(), odd.size());
  for (std::size_t i = 0; i < odd.size(); ++i) EXPECT_EQ(result.files[i].path, at("odd\n\xff/" + odd[i]));
}

TEST_F(WalkTest, SkipsWhatIsNoRegularFile) {
  fs::create_directories(dir_ / "folder.mp3");
  ASSERT_EQ(::mkfifo(at("pipe.mp3").c_str(), 0600), 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  at("s.mp3").copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(socket);
  const WalkResult result = walk({at("")});
  EXPECT_TRUE(result.files.empty());
  EXPECT_TRUE(result.failures.empty());
  const WalkResult given = walk({at("pipe.mp3")});
  EXPECT_STREQ(given.failures.at(0).error.what(), "neither a file nor a folder");
}

TEST_F(WalkTest, TellsWhatCanNotBeLookedAtAndGoesOn) {
  for (const char* name : {"a.mp3", "locked/b.mp3", "z.mp3"}) touch(name);
  const test::WithoutRoot nobody(dir_.path());
  fs::permissions(dir_ / "locked", fs::perms::none);
  const WalkResult result = walk({at(""), at("missing"), at("a.mp3/x")});
  fs::permissions(dir_ / "locked", fs::perms::owner_all);
  EXPECT_EQ(names(result), (Names{"a.mp3", "z.mp3"}));
  ASSERT_EQ(result.failures.size(), 3u);
  EXPECT_EQ(result.failures[0].path, at("a.mp3/x"));
  EXPECT_EQ(result.failures[1].path, at("locked"));
  EXPECT_STREQ(result.failures[1].error.what(), "Permission denied");
  EXPECT_EQ(result.failures[2].path, at("missing"));
  EXPECT_STREQ(result.failures[2].error.what(), "no such file or folder");
}

TEST_F(WalkTest, LeavesOutExcludedFilesAndFolders) {
  for (const char* name : {"a.mp3", "a.wav", "Podcasts/x.mp3", "sub/Podcasts/y.mp3", "sub/b.mp3"})
    touch(name);
  WalkSettings settings;
  settings.exclude_globs = {"*.wav", "Podcasts"};
  EXPECT_EQ(names(walk({at("")}, settings)), (Names{"a.mp3", "sub/b.mp3"}));
  settings.exclude_globs = {at("sub") + "/*"};
  EXPECT_EQ(names(walk({at("")}, settings)), (Names{"Podcasts/x.mp3", "a.mp3", "a.wav"}));
}

TEST_F(WalkTest, ReachesAsDeepAsAPathMayBeLong) {
  const fs::path start = fs::current_path();
  fs::current_path(dir_.path());
  for (int depth = 0; depth < 30; ++depth) {  // step by step: the whole path exceeds the system's limit
    const std::string name(150, 'd');
    fs::create_directory(name);
    fs::current_path(name);
    if (depth == 20) test::write_bytes("./x.mp3", "x");
  }
  fs::current_path(start);
  const WalkResult result = walk({at("")});
  ASSERT_EQ(result.files.size(), 1u);
  EXPECT_TRUE(result.files[0].path.ends_with("d/x.mp3"));
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_STREQ(result.failures[0].error.what(), "File name too long");
}

TEST_F(WalkTest, StopsOnRequest) {
  touch("a.mp3");
  std::stop_source stop;
  stop.request_stop();
  try {
    walk({at("")}, {}, stop.get_token());
    FAIL() << "went on";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::interrupted);
  }
}

}  // namespace
}  // namespace echofold::library_walk_test
