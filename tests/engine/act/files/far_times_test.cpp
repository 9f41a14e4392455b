// Times beyond 2262 and before 1901 stay what they are: set aside within a disk and onto another one, and taken back.
#include <gtest/gtest.h>

#include "tests/engine/act/act_support.h"
#include "tests/support/mounts.h"

namespace echofold::files_far_times_test {
namespace {

using test::Library;
using test::Mount;

constexpr std::int64_t year_1850 = -3'786'825'600, year_1700 = -8'520'336'000, year_2300 = 10'413'792'000,
                       year_2400 = 13'569'465'600, year_9999 = 253'370'764'800, year_1600 = -11'676'096'000;

struct Seen {
  std::int64_t seconds;
  long ns;
  bool operator==(const Seen&) const = default;
};

Seen time_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return {status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/// A file of this name below `folder`; empty: there is none.
std::string find_file(const std::string& folder, const std::string& name) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().filename() == name) return entry.path().native();
  return {};
}

class FarTimes : public ::testing::TestWithParam<std::int64_t> {
 protected:
  /// Applies and takes back; every time has to be what it was, and, set aside, what `at_rest` says.
  static void there_and_back(Library& library, const ApplySettings& settings, const std::string& place,
                             bool kept) {
    library.add_root();
    library.file("album/keep.flac", "the keeper");
    library.file("album/copy.mp3", "a copy");
    for (const char* name : {"album/keep.flac", "album/copy.mp3", "album"})
      test::set_mtime(library.path(name), GetParam(), 123'456'789);
    const Seen wanted = time_of(library.path("album/copy.mp3"));
    if (wanted.seconds != GetParam()) GTEST_SKIP() << "this file system does not know the year";
    library.scanned("album/keep.flac");
    library.scanned("album/copy.mp3");

    ASSERT_EQ(library.apply({library.group(1, "album/keep.flac", {"album/copy.mp3"})}, settings).moved, 1u);
    ASSERT_FALSE(test::exists(library.path("album/copy.mp3")));
    const std::string moved = find_file(place, "copy.mp3");
    ASSERT_FALSE(moved.empty());
    if (kept) {
      EXPECT_EQ(time_of(moved), wanted);
    }
    EXPECT_EQ(time_of(library.path("album/keep.flac")), wanted);

    const UndoSummary undone = library.undo();
    EXPECT_EQ(undone.restored, 1u);
    EXPECT_EQ(time_of(library.path("album/copy.mp3")), wanted);
    EXPECT_EQ(time_of(library.path("album")), wanted) << "the folder's";
    EXPECT_EQ(library.store.snapshot()
                  .track(*library.store.snapshot().find_path(library.path("album/copy.mp3")))
                  ->stamp,
              test::stamp(library.path("album/copy.mp3")));
  }
};

TEST_P(FarTimes, SurviveWithinTheDisk) {
  Library library;
  there_and_back(library, {}, library.root, true);
}

TEST_P(FarTimes, SurviveOnADiskThatKnowsEveryYear) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  Library library;
  const Mount music = Mount::in_memory(library.root, "1M");
  const Mount other = Mount::in_memory((library.dir / "other").string(), "1M");
  ASSERT_TRUE(music && other);
  ApplySettings settings;
  settings.set_aside_dir = other.at();
  there_and_back(library, settings, other.at(), true);
}

TEST_P(FarTimes, ComeBackFromADiskThatKnowsFewerYears) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  Library library;
  const Mount music = Mount::in_memory(library.root, "1M");
  ASSERT_TRUE(music);
  ApplySettings settings;  // on the disk of the test itself
  settings.set_aside_dir = (library.dir / "aside").string();
  there_and_back(library, settings, settings.set_aside_dir, false);
}

INSTANTIATE_TEST_SUITE_P(Years, FarTimes,
                         ::testing::Values(year_1600, year_1700, year_1850, year_2300, year_2400, year_9999));

}  // namespace
}  // namespace echofold::files_far_times_test
