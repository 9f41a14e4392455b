// Which names are one file, on file systems whose inode numbers prove it and on some whose numbers prove nothing.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "engine/library/walk.h"
#include "index/base/fs/stamp.h"
#include "tests/engine/library/scan_support.h"
#include "tests/support/fuse_disk.h"

namespace echofold::library_inodes_test {
namespace {

using test::FuseDisk;
using test::FuseFile;

class InodesTest : public test::ScanTest {
 protected:
  void SetUp() override {
    if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  }
  std::vector<std::string> names(const WalkResult& result) const {
    std::vector<std::string> names;
    for (const FoundFile& file : result.files) names.push_back(file.path.substr(music().string().size() + 1));
    return names;
  }
  using Names = std::vector<std::string>;
};

#define NEEDS(disk) \
  if (!(disk)) GTEST_SKIP() << "FUSE is not allowed here"

TEST_F(InodesTest, TwoFilesOfOneNumberAreTwoFiles) {
  const FuseDisk disk(music().string(),
                      {{"", "a.mp3", 7, 1, "one"}, {"", "b.mp3", 7, 1, "two"}, {"", "c.mp3", 7, 1, "other"}});
  NEEDS(disk);
  const WalkResult result = walk({music().string()});
  EXPECT_EQ(names(result), (Names{"a.mp3", "b.mp3", "c.mp3"}));
  struct stat status {};
  ASSERT_EQ(::stat(at("a.mp3").c_str(), &status), 0);
  ASSERT_EQ(status.st_ino, 7u) << "the disk of this test";
  EXPECT_EQ(inode_numbers(status.st_dev), InodeNumbers::made_up);
  for (const FoundFile& file : result.files) EXPECT_EQ(file.stamp.inode, 0u);
  EXPECT_FALSE(is_one_file(at("a.mp3"), at("b.mp3")));
}

TEST_F(InodesTest, ALinkCountIsNoProofWithoutTheBytes) {
  const FuseDisk disk(music().string(), {{"", "a.mp3", 7, 3, "same"},
                                         {"", "b.mp3", 7, 3, "sams"},
                                         {"", "c.mp3", 7, 3, "same"},
                                         {"", "d.mp3", 7, 3, "longer"},
                                         {"", "e.mp3", 7, 3, "same", false, 5},
                                         {"", "f.mp3", 8, 3, "same"}});
  NEEDS(disk);
  const WalkResult result = walk({music().string()});
  EXPECT_EQ(names(result), (Names{"a.mp3", "b.mp3", "d.mp3", "e.mp3", "f.mp3"}));
  EXPECT_EQ(result.files.at(0).link_paths, Names{at("c.mp3")});
}

TEST_F(InodesTest, TwoFoldersOfOneNumberAreBothRead) {
  const FuseDisk disk(music().string(), {{"", "x", 7, 2, "", true},
                                         {"", "y", 7, 2, "", true},
                                         {"x", "z", 1, 2, "", true},  // the number of the root itself
                                         {"x", "a.mp3", 2, 1, "a"},
                                         {"y", "b.mp3", 3, 1, "b"},
                                         {"x/z", "c.mp3", 4, 1, "c"}});
  NEEDS(disk);
  EXPECT_EQ(names(walk({music().string()})), (Names{"x/a.mp3", "x/z/c.mp3", "y/b.mp3"}));
}

TEST_F(InodesTest, AFolderThatIsMountedTwiceIsReadOnce) {
  for (const char* name : {"a/x.mp3", "a/sub/y.mp3"}) test::write_bytes(music() / name, name);
  const test::Mount again = test::Mount::bind(at("a"), at("b"));
  const test::Mount part = test::Mount::bind(at("a/sub"), at("part"));
  const test::Mount around = test::Mount::bind(music().string(), at("a/loop"));
  ASSERT_TRUE(again && part && around);
  EXPECT_EQ(names(walk({music().string()})), (Names{"a/sub/y.mp3", "a/x.mp3"}));
  EXPECT_EQ(names(walk({at("b"), at("a")})).size(), 2u);
  EXPECT_TRUE(is_one_file(at("a/x.mp3"), at("b/x.mp3")));

  const FuseDisk disk(at("fuse"),
                      {{"", "x.mp3", 7, 1, "x"}, {"", "sub", 9, 1, "", true}, {"sub", "y.mp3", 7, 1, "y"}});
  NEEDS(disk);
  const test::Mount fuse_again = test::Mount::bind(at("fuse/sub"), at("fuse2"));
  ASSERT_TRUE(fuse_again);
  EXPECT_EQ(names(walk({at("fuse"), at("fuse2")})), (Names{"fuse/sub/y.mp3", "fuse/x.mp3"}));
  EXPECT_TRUE(is_one_file(at("fuse/sub/y.mp3"), at("fuse2/y.mp3")));
}

TEST_F(InodesTest, EveryFileIsScannedAndARemountReadsNone) {
  const std::string one = test::music_wav(1, 4), two = test::music_wav(2, 4);
  ASSERT_EQ(one.size(), two.size());
  {
    const FuseDisk disk(music().string(), {{"", "a.wav", 7, 1, one}, {"", "b.wav", 7, 1, two}});
    NEEDS(disk);
    EXPECT_EQ(scan_music().fingerprinted, 2u);
    EXPECT_EQ(scan_music().unchanged, 2u);
  }
  settings_.reader = [](int, std::string_view, const ReadSettings&, const std::stop_token&) -> AudioTrack {
    throw std::runtime_error("a file was read");
  };
  {
    const FuseDisk disk(music().string(), {{"", "a.wav", 70, 1, one}, {"", "b.wav", 71, 1, two}});
    NEEDS(disk);
    const ScanSummary again = scan_music();
    EXPECT_EQ(again.unchanged, 2u);
    EXPECT_EQ(again.failed + again.moved + again.fingerprinted, 0u);
  }
  settings_.allow_vanished = true;
  {  // one file's number under the other's name: not a move
    const FuseDisk disk(music().string(), {{"", "b.wav", 70, 1, two}, {"", "c.wav", 71, 1, one}});
    NEEDS(disk);
    const ScanSummary again = scan_music();
    EXPECT_EQ(again.unchanged, 1u);
    EXPECT_EQ(again.moved, 0u);
    EXPECT_EQ(again.failed, 1u) << "c.wav has to be looked at";
  }
}

}  // namespace
}  // namespace echofold::library_inodes_test
