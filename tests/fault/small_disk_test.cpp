// Moves onto and from another file system, an ext4 in a file: intact, full, and unmounted during the run.
#include <gtest/gtest.h>
#include <sys/xattr.h>

#include "tests/engine/act/act_support.h"
#include "tests/support/mounts.h"

#include "engine/act/journal/run_info.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"

namespace echofold::fault_small_disk_test {
namespace {

using test::Mount;

constexpr std::size_t mebibyte = std::size_t{1} << 20;

class SmallDiskTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
    disk.emplace(Mount::ext4(image(), at(), "8M"));
    if (!*disk) GTEST_SKIP() << "loop devices are not allowed here";
  }

  std::string image() const { return (library.dir / "image").native(); }
  std::string at() const { return (library.dir / "disk").native(); }
  ApplySettings onto_the_disk() const { return {at() + "/dups"}; }
  std::vector<std::string> bytes() const { return test::contents({library.root, at()}); }

  /// One keeper and `count` losers of slightly more than a mebibyte, each with its own bytes, mode and time.
  void make_group(int count) {
    library.file("album/keep.flac", "the keeper");
    std::vector<std::string> losers;
    for (int i = 0; i < count; ++i) {
      const std::string name = "album/" + std::to_string(i) + ".mp3";
      library.file(name, std::string(mebibyte + 77, static_cast<char>('a' + i)));
      chmod(library.path(name).c_str(), static_cast<mode_t>(0600 + i));
      setxattr(library.path(name).c_str(), "user.mood", "calm", 4, 0);
      losers.push_back(name);
    }
    library.add_root();
    test::age(library.root);
    for (int i = 0; i < count; ++i)
      plan.push_back(library.group(static_cast<std::uint32_t>(i + 1), "album/keep.flac",
                                   {losers[static_cast<std::size_t>(i)]}));
  }

  test::Library library;
  std::optional<Mount> disk;
  std::vector<PlanGroup> plan;
};

TEST_F(SmallDiskTest, ThereAndBackIsTheSameToTheNanosecond) {
  make_group(4);
  const auto picture = test::tree(library.root);
  const auto summary = library.apply(plan, onto_the_disk());
  EXPECT_EQ(summary.moved, 4u);
  for (const Step& step : library.reported) {
    EXPECT_EQ(look_at(place_after(step))->st_dev, look_at(at() + "/dups")->st_dev);
    char mood[4];
    EXPECT_EQ(getxattr(place_after(step).c_str(), "user.mood", mood, sizeof mood), 4) << place_after(step);
  }
  EXPECT_EQ(library.undo().restored, 4u);
  EXPECT_EQ(test::tree(library.root), picture);
  EXPECT_FALSE(test::exists(at() + "/dups"));
}

TEST_F(SmallDiskTest, FullOnTheWayLosesNothing) {
  make_group(12);
  const auto picture = test::tree(library.root);
  const auto before = bytes();
  const auto summary = library.apply(plan, onto_the_disk());
  EXPECT_GT(summary.moved, 2u);
  EXPECT_GT(summary.skipped, 2u);
  for (const Step& step : library.reported) {
    if (outcome(step).state == StepState::done) continue;
    EXPECT_NE(outcome(step).note.find("No space left"), std::string::npos) << outcome(step).note;
    EXPECT_NE(outcome(step).note.find(place_before(step)), std::string::npos) << outcome(step).note;
  }
  EXPECT_EQ(bytes(), before) << "no half copy is left";
  EXPECT_EQ(library.undo().skipped, 0u);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(SmallDiskTest, RoomMadeAfterwardsLetsThePlanBeFinished) {
  make_group(6);
  test::write_file(at() + "/other.bin", std::string(3 * mebibyte, 'x'));
  ASSERT_GT(library.apply(plan, onto_the_disk()).skipped, 0u);
  const std::size_t first = library.reported.size();
  std::filesystem::remove(at() + "/other.bin");
  const auto again = library.apply(plan, onto_the_disk());
  EXPECT_GT(again.moved, 0u);
  for (std::size_t i = 0; i < first; ++i) EXPECT_FALSE(test::exists(plan[i].drops[0].file.track.path));
}

TEST_F(SmallDiskTest, MusicOnAFullDiskIsStillMovedWithinIt) {
  // Everything is on the small disk, which has no free block: none for folders, and hardly any for names.
  library.root = at() + "/music";
  make_group(3);
  const auto picture = test::tree(library.root, false);
  std::ofstream filler(at() + "/filler", std::ios::binary);
  while (filler << std::string(1024, 'x') << std::flush) continue;
  const auto before = test::contents({library.root});
  library.apply(plan);
  for (const Step& step : library.reported)
    if (outcome(step).state != StepState::done) {
      EXPECT_NE(outcome(step).note.find("No space left"), std::string::npos) << outcome(step).note;
    }
  EXPECT_EQ(test::contents({library.root}), before);
  for (const RunInfo& run : history(library.store))
    if (run.moves_done > 0) {
      EXPECT_EQ(library.undo().skipped, 0u);
    }
  EXPECT_EQ(test::tree(library.root, false), picture);
}

TEST_F(SmallDiskTest, PulledOutOnTheWayLosesNothing) {
  make_group(5);
  const auto picture = test::tree(library.root);
  const auto before = bytes();
  library.reported.clear();
  apply(library.store, {library.store.library_id(), plan}, onto_the_disk(),
        [&](const PlanGroup&, const Step& step) {
          library.reported.push_back(step);
          if (library.reported.size() == 2) disk->cut_power(false);
        });
  ASSERT_EQ(library.reported.size(), 5u);
  for (std::size_t i = 2; i < 5; ++i) {
    EXPECT_NE(outcome(library.reported[i]).state, StepState::done) << i;
    EXPECT_TRUE(test::exists(plan[i].drops[0].file.track.path)) << "what could not be copied is where it was";
  }
  disk->gone();
  // Without its disk the run stays open; with it, everything is recovered and restored.
  recover(library.store);
  disk.emplace(Mount::ext4(image(), at(), "8M"));
  ASSERT_TRUE(*disk);
  recover(library.store);
  EXPECT_EQ(history(library.store)[0].moves_open, 0u);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(library.undo().skipped, 0u);
  EXPECT_EQ(test::tree(library.root), picture);
}

}  // namespace
}  // namespace echofold::fault_small_disk_test
