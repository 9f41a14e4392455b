// Device numbers change at every mount, and some file systems have no other id. A scan still works, and still stops
// if another disk is mounted.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>

#include "index/base/fs/file_system_id.h"
#include "tests/engine/library/scan_support.h"
#include "tests/support/mounts.h"

namespace echofold::library_renumbered_roots_test {
namespace {

namespace fs = std::filesystem;
using test::Mount;

/// @param image  of the disk: created if it does not exist
using MakeMount = Mount (*)(const std::string& image, const std::string& at);

Mount xfs(const std::string& image, const std::string& at) { return Mount::xfs(image, at, "320M"); }
Mount ext4(const std::string& image, const std::string& at) { return Mount::ext4(image, at, "16M"); }
Mount exfat(const std::string& image, const std::string& at) { return Mount::exfat(image, at, "16M"); }

struct RenumberedRoots : test::ScanTest {
  RenumberedRoots() { settings_.walk.include_trash = false; }

  Mount disk(MakeMount make, const std::string& name, const std::string& at) const {
    return make((dir_ / (name + ".image")).string(), at);
  }

  std::uint64_t device() const {
    struct stat status {};
    EXPECT_EQ(::stat(music().c_str(), &status), 0);
    return status.st_dev;
  }

  /// A decoy takes the free number. Other tests use loop devices at the same time, and the kernel frees them some
  /// time after the unmount, so this retries with growing delays.
  void mount_again(MakeMount make) {
    const std::uint64_t before = device();
    for (int decoy = 0; decoy < 20 && device() == before; ++decoy) {
      ASSERT_TRUE(music_disk_->gone());
      std::this_thread::sleep_for(std::chrono::milliseconds(20) * decoy);
      const std::string name = "decoy" + std::to_string(decoy);
      decoys_.push_back(disk(make, name, (dir_ / name).string()));
      music_disk_ = disk(make, "music", music().string());
      ASSERT_TRUE(decoys_.back() && *music_disk_);
      if (!decoys_.back()) return;
    }
    ASSERT_NE(device(), before) << "the test tests nothing";
  }

  void goes_on(MakeMount make) {
    if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
    music_disk_ = disk(make, "music", music().string());
    if (!*music_disk_) GTEST_SKIP() << "no such file system can be mounted here";
    for (unsigned i = 0; i < 4; ++i) write_music(std::to_string(i) + ".wav", i, 3);
    scan_music();
    ASSERT_NO_FATAL_FAILURE(mount_again(make));
    fs::remove(at("0.wav"));
    EXPECT_EQ(scan_music().missing, 1u);
    EXPECT_EQ(store_.snapshot().roots().at(0).file_system_id, file_system_id(music().string()));

    // Another disk in its place, with one name in common.
    ASSERT_TRUE(music_disk_->gone());
    EXPECT_NE(guard_message().find("is it mounted"), std::string::npos) << "an empty mount point";
    music_disk_ = disk(make, "stranger", music().string());
    ASSERT_TRUE(*music_disk_);
    write_music("1.wav", 9, 3);
    if (file_system_id(music().string()) == 0) return;
    EXPECT_NE(guard_message().find("another file system"), std::string::npos);
  }

  std::optional<Mount> music_disk_;
  std::vector<Mount> decoys_;
};

TEST_F(RenumberedRoots, Xfs) { goes_on(xfs); }
TEST_F(RenumberedRoots, Ext4) { goes_on(ext4); }
TEST_F(RenumberedRoots, ExFat) { goes_on(exfat); }

TEST_F(RenumberedRoots, TheUuidOfAnXfsIsItsId) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  music_disk_ = disk(xfs, "music", music().string());
  if (!*music_disk_) GTEST_SKIP() << "no XFS can be mounted here";
  const std::uint64_t id = file_system_id(music().string());
  if (!is_on_file_system(music().string(), id)) ADD_FAILURE();
  ASSERT_NO_FATAL_FAILURE(mount_again(xfs));
  if (file_system_id(music().string()) != id) GTEST_SKIP() << "this kernel does not tell the UUID of an XFS";
  EXPECT_TRUE(is_on_file_system(music().string(), id));
}

}  // namespace
}  // namespace echofold::library_renumbered_roots_test
