// Device numbers are handed out anew at every mount: a run is taken back all the same.
#include <gtest/gtest.h>

#include <optional>

#include "index/base/fs/file_system_id.h"
#include "tests/engine/act/act_support.h"
#include "tests/support/mounts.h"

namespace echofold::recovery_remount_test {
namespace {

using test::Library;
using test::Mount;

/// Disks in files. When they are mounted again, another one comes first and takes their numbers.
class RemountTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
    library_.emplace();
    music_ = disk("music");
    if (!*music_) GTEST_SKIP() << "loop devices are not allowed here";
    aside_ = disk("aside");
    for (const Mount* mount : {&*music_, &*aside_}) std::filesystem::remove(mount->at() + "/lost+found");
  }

  Mount disk(const std::string& name) const {
    const std::string at = name == "music" ? library_->root : (library_->dir / name).native();
    return Mount::ext4((library_->dir / (name + ".image")).native(), at, "8M");
  }

  static std::uint64_t device_of(const Mount& mount) {
    struct stat status {};
    EXPECT_EQ(::stat(mount.at().c_str(), &status), 0);
    return status.st_dev;
  }

  /// Other tests take and free loop devices beside this one: with as many decoys as it needs.
  void mount_again() {
    const auto before = std::pair(device_of(*music_), device_of(*aside_));
    auto now = before;
    for (int decoy = 0; decoy < 8 && (now.first == before.first || now.second == before.second); ++decoy) {
      ASSERT_TRUE(music_->gone() && aside_->gone());
      decoys_.push_back(disk("decoy " + std::to_string(decoy)));
      music_ = disk("music");
      aside_ = disk("aside");
      ASSERT_TRUE(decoys_.back() && *aside_ && *music_);
      now = {device_of(*music_), device_of(*aside_)};
    }
    ASSERT_NE(now.first, before.first) << "the test tests nothing";
    ASSERT_NE(now.second, before.second) << "the test tests nothing";
  }

  /// As a scan does.
  void add_root_with_id() {
    const std::string& root = library_->root;
    library_->store.write([&](Writer& writer) { writer.put_root({root, file_system_id(root), 1}); });
  }

  /// Sets the copy aside, mounts all again, takes it back.
  void there_and_back(const ApplySettings& settings) {
    Library& library = *library_;
    library.file("keep.flac", "the keeper");
    library.file("only copies/copy.mp3", "a copy");
    ASSERT_EQ(chmod(library.path("only copies/copy.mp3").c_str(), 0640), 0);
    for (const char* name : {"only copies/copy.mp3", "only copies", "keep.flac"})
      test::set_mtime(library.path(name), 1'234'567'890, 123'456'789);
    library.add_root();
    library.scanned("keep.flac");
    library.scanned("only copies/copy.mp3");
    const auto tree = test::tree(library.root, false);
    const auto run = library.apply({library.group(1, "keep.flac", {"only copies/copy.mp3"})}, settings);
    ASSERT_EQ(run.moved, 1u);
    // As a file system does that knows no modes.
    const auto record = library.store.snapshot().find_path(library.path("only copies/copy.mp3"));
    ASSERT_TRUE(record);
    const std::string moved = library.store.snapshot().track(*record)->set_aside_path;
    if (!settings.set_aside_dir.empty()) {
      ASSERT_EQ(chmod(moved.c_str(), 0777), 0);
    }

    ASSERT_NO_FATAL_FAILURE(mount_again());
    const UndoSummary undone = library.undo();
    EXPECT_EQ(undone.restored, 1u);
    EXPECT_EQ(undone.skipped, 0u);
    EXPECT_EQ(test::tree(library.root, false), tree);
  }

  std::optional<Library> library_;  // before the mounts, which lie in it
  std::optional<Mount> music_, aside_;
  std::vector<Mount> decoys_;
};

TEST_F(RemountTest, AFolderThatHeldNothingButCopies) { there_and_back({}); }

TEST_F(RemountTest, FromAnotherDisk) {
  if (!aside_) GTEST_SKIP();
  ApplySettings settings;
  settings.set_aside_dir = aside_->at() + "/copies";
  there_and_back(settings);
}

TEST_F(RemountTest, AnEmptyLibraryFolderFromAnotherDisk) {
  Library& library = *library_;
  library.file("copy.mp3", "a copy");
  add_root_with_id();
  PlanGroup group = library.group(1, "copy.mp3", {"copy.mp3"});
  group.keep.track.path = aside_->at() + "/keep.flac";
  test::write_file(group.keep.track.path, "the keeper");
  group.keep.track.stamp = test::stamp(group.keep.track.path);
  library.store.write([&](Writer& writer) {
    group.keep.track.id = 0;
    group.keep.track.id = writer.put_track(group.keep.track, test::make_items(7, 20));
  });
  group.keep.track = library.record(group.keep.track.id);
  ApplySettings settings;
  settings.set_aside_dir = aside_->at() + "/copies";
  const auto tree = test::tree(library.root, false);
  ASSERT_EQ(library.apply({group}, settings).moved, 1u);
  ASSERT_NO_FATAL_FAILURE(mount_again());
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::tree(library.root, false), tree);
}

TEST_F(RemountTest, NothingIsPutIntoAMountPointWhoseDriveIsAway) {
  Library& library = *library_;
  library.file("keep.flac", "the keeper");
  library.file("copy.mp3", "a copy");
  add_root_with_id();
  const PlanGroup group = library.group(1, "keep.flac", {"copy.mp3"});
  ApplySettings settings;
  settings.set_aside_dir = aside_->at() + "/copies";
  ASSERT_EQ(library.apply({group}, settings).moved, 1u);
  ASSERT_NO_FATAL_FAILURE(mount_again());
  ASSERT_TRUE(music_->gone());
  const UndoSummary undone = library.undo();
  EXPECT_EQ(undone.restored, 0u);
  EXPECT_EQ(undone.skipped, 1u);
  EXPECT_TRUE(std::filesystem::is_empty(library.root));
  music_ = disk("music");
  EXPECT_EQ(library.undo().restored, 1u) << "and once it is there again, all is well";
  EXPECT_TRUE(test::exists(library.path("copy.mp3")));
}

}  // namespace
}  // namespace echofold::recovery_remount_test
