// Names in the set-aside folder: mirrored, never taken, never too long, never where a scan finds them again.
#include "engine/act/files/places.h"

#include <gtest/gtest.h>

#include "index/base/error.h"
#include "tests/engine/act/act_support.h"

namespace echofold::files_places_test {
namespace {

using test::TempDir;

TEST(PlacesTest, NumbersGoBeforeTheExtension) {
  EXPECT_EQ(numbered_name("a.mp3", 2), "a (2).mp3");
  EXPECT_EQ(numbered_name("a", 10), "a (10)");
  EXPECT_EQ(numbered_name(".hidden", 2), ".hidden (2)");
  EXPECT_EQ(numbered_name("Mr. Somebody else and friends", 2), "Mr. Somebody else and friends (2)");
}

TEST(PlacesTest, LongNamesAreCutBetweenCharacters) {
  std::string umlauts;
  while (umlauts.size() < 250) umlauts += "\xc3\xa4";
  for (std::string name : {umlauts + "x.mp3", umlauts + ".mp3", std::string(255, 'a')}) {
    name = numbered_name(name, 2);
    EXPECT_LE(name.size(), 255u);
    EXPECT_GE(name.size(), 253u);
    const auto cut = name.find(" (2)");
    EXPECT_TRUE(name[cut - 1] == 'a' || name[cut - 1] == '\xa4');
  }
}

TEST(PlacesTest, TheOutermostRootMirrors) {
  const TempDir dir;
  const std::string top = dir.path().native();
  SetAsidePlaces places({{top + "/jazz", 0, 1}, {top, 0, 1}, {top + "/jazz/x", 0, 1}}, "");
  EXPECT_EQ(places.place_for(top + "/jazz/x/a.mp3", "R").to, top + "/.echofold-duplicates/R/jazz/x/a.mp3");
  EXPECT_EQ(places.place_for(top + "/jazzy/a.mp3", "R").to, top + "/.echofold-duplicates/R/jazzy/a.mp3");
  EXPECT_EQ(places.place_for("/elsewhere/a.mp3", "R").to, "/elsewhere/.echofold-duplicates/R/a.mp3");
  EXPECT_EQ(places.place_for("/a.mp3", "R").to, "/.echofold-duplicates/R/a.mp3");
}

TEST(PlacesTest, AFolderOfSingleFilesIsNoRootOfOthers) {
  const TempDir dir;
  const std::string top = dir.path().native();
  SetAsidePlaces places({{top, 0, 0}, {top + "/jazz", 0, 1}}, "");
  EXPECT_EQ(places.place_for(top + "/jazz/a.mp3", "R").to, top + "/jazz/.echofold-duplicates/R/a.mp3");
  EXPECT_EQ(places.place_for(top + "/rock/a.mp3", "R").to, top + "/.echofold-duplicates/R/rock/a.mp3");
}

TEST(PlacesTest, TwoRootsWithOneNameDoNotClash) {
  const TempDir dir;
  const std::string top = dir.path().native();
  SetAsidePlaces places({{"/one", 0, 0}, {"/two", 0, 0}, {"/three", 0, 0}}, top);
  test::write_file(top + "/R/x/b.mp3", "there already");
  EXPECT_EQ(places.place_for("/one/x/a.mp3", "R").to, top + "/R/x/a.mp3");
  EXPECT_EQ(places.place_for("/two/x/a.mp3", "R").to, top + "/R/x/a (2).mp3");
  EXPECT_EQ(places.place_for("/three/x/a.mp3", "R").to, top + "/R/x/a (3).mp3");
  EXPECT_EQ(places.place_for("/one/x/b.mp3", "R").to, top + "/R/x/b (2).mp3");
}

TEST(PlacesTest, AFolderThatAScanWouldWalkIsRefused) {
  const TempDir dir;
  const std::string root = dir.path().native();
  const auto refused = [&](const std::string& set_aside) {
    try {
      SetAsidePlaces({{root, 0, 0}}, set_aside);
      return false;
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
      return true;
    }
  };
  EXPECT_TRUE(refused(root));
  EXPECT_TRUE(refused(root + "/dups"));
  EXPECT_TRUE(refused(root + "/.hidden/../dups"));
  EXPECT_TRUE(refused("dups"));
  EXPECT_FALSE(refused(root + "/.dups"));
  EXPECT_FALSE(refused(root + "/a/.b/c"));
  EXPECT_FALSE(refused(root + "-dups"));
  std::filesystem::create_directory(dir / "music");
  const TempDir elsewhere;
  std::filesystem::create_directory_symlink(dir / "music", elsewhere / "link");
  EXPECT_TRUE(refused((elsewhere / "link").native() + "/dups")) << "a link leads into the root";
}

TEST(PlacesTest, MissingFoldersTakeAfterThoseTheyMirror) {
  const TempDir dir;
  const std::string root = dir.path().native();
  std::filesystem::create_directories(dir / "a/b");
  SetAsidePlaces places({{root, 0, 0}}, "");
  const auto place = places.place_for(root + "/a/b/c.mp3", "R");
  const auto missing = places.missing_folders(place, {});
  ASSERT_EQ(missing.size(), 4u);
  EXPECT_EQ(missing[0].path, root + "/.echofold-duplicates");
  EXPECT_EQ(missing[0].like, root);
  EXPECT_EQ(missing[1].path, root + "/.echofold-duplicates/R");
  EXPECT_EQ(missing[1].like, root);
  EXPECT_EQ(missing[3].like, root + "/a/b");
  EXPECT_EQ(places.missing_folders(place, {missing[0].path, missing[1].path}).size(), 2u);
}

}  // namespace
}  // namespace echofold::files_places_test
