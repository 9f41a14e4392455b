// Hazards: folders, mounts and roots that are not what they seem.
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

#include "tests/engine/act/hazards/hazard_support.h"
#include "tests/support/mounts.h"

namespace echofold::hazards_places_test {
namespace {

using test::Mount;

struct PlaceHazard : test::HazardTest {
  void expect_refused(const std::string& set_aside) {
    ApplySettings settings;
    settings.set_aside_dir = set_aside;
    const auto picture = test::tree(library.root);
    EXPECT_EQ(test::fault_of([&] { library.apply(plan, settings); }), Fault::usage);
    EXPECT_EQ(test::tree(library.root), picture);
  }
};

TEST_F(PlaceHazard, SetAsideFolderInsideARoot) { expect_refused(path("duplicates")); }

TEST_F(PlaceHazard, SetAsideFolderIsTheRootItself) { expect_refused(library.root); }

TEST_F(PlaceHazard, SetAsideFolderInsideARootThroughALink) {
  std::filesystem::create_directory_symlink(library.root, library.dir / "link");
  expect_refused((library.dir / "link/duplicates").native());
}

TEST_F(PlaceHazard, SetAsideFolderInsideARootThroughABindMount) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  const Mount again = Mount::bind(library.root, (library.dir / "again").native());
  ASSERT_TRUE(again);
  expect_refused((library.dir / "again/duplicates").native());
}

TEST_F(PlaceHazard, SetAsideFolderHiddenInsideARoot) {
  ApplySettings settings;
  settings.set_aside_dir = path(".hidden/duplicates");
  expect_there_and_back(settings);
}

TEST_F(PlaceHazard, SetAsideFolderIsALinkElsewhere) {
  std::filesystem::create_directory(library.dir / "away");
  std::filesystem::create_directory_symlink(library.dir / "away", path(".echofold-duplicates"));
  EXPECT_EQ(library.apply(plan).moved, 0u);
  EXPECT_TRUE(std::filesystem::is_empty(library.dir / "away"));
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(PlaceHazard, OverlappingRoots) {
  library.store.write([&](Writer& writer) { writer.put_root({path("album"), 0, 1}); });
  const auto picture = test::tree(library.root);
  const auto summary = library.apply(plan);
  ASSERT_EQ(summary.moved, 2u);
  EXPECT_TRUE(test::exists(library.set_aside(summary.run, "album/copy.mp3")))
      << "a folder inside a known one has no set-aside folder of its own";
  EXPECT_TRUE(test::exists(library.set_aside(summary.run, "second/copy.mp3")));
  EXPECT_EQ(library.undo().restored, 2u);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(PlaceHazard, RootNotMountedWhenApplied) {
  std::filesystem::rename(library.root, library.dir / "unplugged");
  std::filesystem::create_directory(library.root);
  EXPECT_EQ(library.apply(plan).moved, 0u);
  EXPECT_TRUE(std::filesystem::is_empty(library.root)) << "nothing is made in an empty mount point";
  EXPECT_EQ(test::contents({(library.dir / "unplugged").native()}).size(), 4u);
}

TEST_F(PlaceHazard, HalfOfARootGoneWhenApplied) {
  std::filesystem::rename(path("album"), library.dir / "gone");
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_EQ(test::contents({(library.dir / "gone").native()}).size(), 2u);
  EXPECT_FALSE(test::exists(path("album")));
}

TEST_F(PlaceHazard, RootMountedReadOnly) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  const Mount drive = Mount::in_memory(path("drive"), "1m");
  ASSERT_TRUE(drive);
  library.file("drive/copy.mp3", "on a drive");
  library.store.write([&](Writer& writer) { writer.put_root({path("drive"), 0, 1}); });
  plan = {library.group(1, "album/keep.flac", {"drive/copy.mp3"}), plan[1]};
  drive.make_read_only();
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_NE(outcome(library.reported[0]).note.find("Read-only file system"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_EQ(test::read_file(path("drive/copy.mp3")), "on a drive");
}

TEST_F(PlaceHazard, FileThatMayNotBeMoved) {
  const int fd = open(loser().c_str(), O_RDONLY | O_CLOEXEC);
  int flags = FS_IMMUTABLE_FL;
  const bool immutable = ioctl(fd, FS_IOC_SETFLAGS, &flags) == 0;
  if (immutable) {
    EXPECT_EQ(library.apply(plan).moved, 1u);
    EXPECT_NE(outcome(library.reported[0]).note.find("not permitted"), std::string::npos)
        << outcome(library.reported[0]).note;
    EXPECT_EQ(test::read_file(loser()), "a copy");
    flags = 0;
    EXPECT_EQ(ioctl(fd, FS_IOC_SETFLAGS, &flags), 0);
  }
  close(fd);
  if (!immutable) GTEST_SKIP() << "files can't be made immutable here";
}

TEST_F(PlaceHazard, AnotherFileSystemMountedOverTheFolder) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  {
    const Mount over = Mount::in_memory(path("album"), "1m");
    ASSERT_TRUE(over);
    library.file("album/keep.flac", "the keeper");
    library.file("album/copy.mp3", "a copy");
    expect_first_group_stays("changed since the plan was made");
  }
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(PlaceHazard, PathThatGetsTooLongInTheSetAsideFolder) {
  std::string deep;
  while (library.path(deep).size() + 260 < PATH_MAX) deep += std::string(200, 'd') + "/";
  deep += std::string(PATH_MAX - 2 - library.path(deep).size(), 'f');
  library.file(deep, "deep down");
  plan = {library.group(1, "album/keep.flac", {deep})};
  const auto picture = test::contents({library.root});
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_FALSE(test::exists(path(deep)));
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::contents({library.root}), picture);
  EXPECT_EQ(test::read_file(path(deep)), "deep down");
}

TEST_F(PlaceHazard, NamesOfAnyBytes) {
  const std::vector<std::string> names{"new\nline.mp3", "tab\t.mp3",          "-rf", "*",   "a\\b.mp3",
                                       "\x01\x7f.mp3",  "latin\xe9.mp3",      " ",   "...", ".hidden.mp3",
                                       "{\"a\":1}",     std::string(255, 'n')};
  for (const auto& name : names) library.file("odd/" + name, "bytes of " + name);
  std::vector<std::string> drops;
  for (const auto& name : names) drops.push_back("odd/" + name);
  plan = {library.group(1, "album/keep.flac", drops)};
  expect_there_and_back();
}

}  // namespace
}  // namespace echofold::hazards_places_test
