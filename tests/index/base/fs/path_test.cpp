#include "index/base/fs/path.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/engine/library/files.h"
#include "tests/support/temp_dir.h"

namespace echofold::fs_path_test {
namespace {

TEST(AbsolutePath, GivesOneFileOnePath) {
  const test::TempDir dir;
  test::write_bytes(dir / "a/b/x.mp3", "x");
  std::filesystem::create_directory_symlink(dir / "a", dir / "link");
  std::filesystem::create_symlink(dir / "a/b/x.mp3", dir / "a/file.mp3");
  const std::string base = dir.path().string();
  for (const char* name : {"/a/b/x.mp3", "//a///b//x.mp3", "/a/./b/../b/x.mp3", "/link/b/x.mp3"})
    EXPECT_EQ(absolute_path(base + name), base + "/a/b/x.mp3") << name;
  for (const char* name : {"/a/b", "/a/b/", "/link/b/.", "/a/b/../b"})
    EXPECT_EQ(absolute_path(base + name), base + "/a/b") << name;
  EXPECT_EQ(absolute_path(base + "/link/file.mp3"), base + "/a/file.mp3")
      << "a file that is a link stays itself";
  EXPECT_EQ(absolute_path(base + "/link/gone.mp3"), base + "/a/gone.mp3");
  EXPECT_EQ(absolute_path(base + "/none/../x/gone.mp3"), base + "/x/gone.mp3");
  EXPECT_EQ(absolute_path("/"), "/");
  EXPECT_EQ(absolute_path("/.."), "/");
}

TEST(AbsolutePath, StartsRelativeOnesHere) {
  const std::string here = std::filesystem::canonical(".").string();
  EXPECT_EQ(absolute_path("."), here);
  EXPECT_EQ(absolute_path("no-such-file.mp3"), join_path(here, "no-such-file.mp3"));
}

TEST(PathBytes, KnowFoldersAndExtensions) {
  EXPECT_EQ(folder_of("/a/b"), "/a");
  EXPECT_EQ(folder_of("/a"), "/");
  EXPECT_EQ(file_name_of("/a/b.mp3"), "b.mp3");
  EXPECT_EQ(extension_of("/a.b/c.MP3"), "mp3");
  EXPECT_EQ(extension_of("/a.b/c"), "");
  EXPECT_TRUE(is_inside("/a/b", "/a"));
  EXPECT_TRUE(is_inside("/a", "/"));
  EXPECT_FALSE(is_inside("/ab", "/a"));
  EXPECT_FALSE(is_inside("/a", "/a"));
  EXPECT_FALSE(is_inside("/", "/"));
  EXPECT_EQ(join_path("/", "a"), "/a");
}

TEST(PathBytes, FoldersEndAtASlash) {
  EXPECT_TRUE(is_same_or_inside("/a/b/c", "/a/b"));
  EXPECT_TRUE(is_same_or_inside("/a/b/c", "/a/b/"));
  EXPECT_TRUE(is_same_or_inside("/a/b", "/a/b"));
  EXPECT_TRUE(is_same_or_inside("/a", "/"));
  EXPECT_FALSE(is_same_or_inside("/a/bc", "/a/b"));
  EXPECT_FALSE(is_same_or_inside("/a", ""));
  EXPECT_TRUE(is_inside("/a/b", "/a/"));
  EXPECT_FALSE(is_inside("/a", "/a/"));
  EXPECT_FALSE(is_inside("/a", ""));
  EXPECT_FALSE(is_inside("a", "/"));
}

TEST(PathBytes, SuffixesAreShortAndNotTheWholeName) {
  EXPECT_EQ(suffix_of("a.b.FLAC"), ".FLAC");
  for (const char* none : {"a", ".flac", "a.", "a.extension_that_is_none"}) EXPECT_EQ(suffix_of(none), "");
}

TEST(PathBytes, OutermostDropsNestedOnes) {
  EXPECT_EQ(outermost({"/a/b", "/a b", "/a", "/a", "/a/b/c", "/b/c"}),
            (std::vector<std::string>{"/a", "/a b", "/b/c"}));
  EXPECT_EQ(outermost({"/a", "/"}), std::vector<std::string>{"/"});
}

}  // namespace
}  // namespace echofold::fs_path_test
