// Hazards: other programs that change files in the very moment between the last check and the move.
#include <sys/syscall.h>

#include "tests/engine/act/hazards/hazard_support.h"
#include "tests/engine/act/step_support.h"
#include "tests/support/at_call.h"

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"

namespace echofold::hazards_races_test {
namespace {

struct RaceHazard : test::HazardTest {
  /// Applies the plan in another process, and does `meanwhile` when that is about to make a call for the nth time.
  void apply_while(long call, int nth, const std::function<void()>& meanwhile,
                   const ApplySettings& settings = {}) {
    { const Store closed(std::move(library.store)); }
    const bool traced = test::at_call(
        call, nth,
        [&] {
          library.store = library.open();
          library.apply(plan, settings);
        },
        meanwhile);
    library.store = library.open();
    if (!traced) GTEST_SKIP() << "tracing is not allowed here";
  }

  MoveStep entry(std::size_t index) const {
    return test::moves(read_journal(journal_files(runs_dir(library.store)).back())).at(index);
  }

  std::string run() const { return history(library.store)[0].run; }

  /// The run's place for the first loser, found while the run is in hand.
  std::string target() const {
    for (const auto& entry : std::filesystem::directory_iterator(path(".echofold-duplicates")))
      if (entry.is_directory())
        return entry.path().native() + "/album/copy.mp3";  // beside it lie guard files
    return "";
  }

  ApplySettings elsewhere(const test::OtherFileSystem& other) const {
    ApplySettings settings;
    settings.set_aside_dir = other.path() + "/dups";
    return settings;
  }
};

TEST_F(RaceHazard, KeeperVanishesWhileItsGroupIsInHand) {
  library.file("album/copy 2.mp3", "a second copy");
  plan = {library.group(1, "album/keep.flac", {"album/copy.mp3", "album/copy 2.mp3"})};
  apply_while(SYS_renameat2, 1, [&] { std::filesystem::remove(keeper()); });
  EXPECT_EQ(test::read_file(loser()), "a copy") << "what was moved for it is brought back";
  EXPECT_EQ(test::read_file(path("album/copy 2.mp3")), "a second copy");
  EXPECT_EQ(entry(0).state, StepState::undone);
}

TEST_F(RaceHazard, TargetAppearsJustBeforeTheMove) {
  apply_while(SYS_renameat2, 1, [&] { test::write_file(target(), "somebody else's"); });
  EXPECT_EQ(test::read_file(loser()), "a copy");
  EXPECT_EQ(test::read_file(library.set_aside(run(), "album/copy.mp3")), "somebody else's");
  EXPECT_TRUE(test::exists(library.set_aside(run(), "second/copy.mp3"))) << "the next group goes on";
}

TEST_F(RaceHazard, TargetWithTheSameBytesAppearsJustBeforeTheMove) {
  apply_while(SYS_renameat2, 1, [&] { test::write_file(target(), "a copy"); });
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(RaceHazard, LoserReplacedJustBeforeTheMove) {
  library.file("album/new.mp3", "a new file, longer");
  apply_while(SYS_renameat2, 1, [&] { std::filesystem::rename(path("album/new.mp3"), loser()); });
  EXPECT_EQ(test::read_file(loser()), "a new file, longer");
  EXPECT_EQ(entry(0).state, StepState::skipped);
}

TEST_F(RaceHazard, LoserVanishesJustBeforeTheMove) {
  apply_while(SYS_renameat2, 1, [&] { std::filesystem::rename(loser(), path("renamed.mp3")); });
  EXPECT_EQ(test::read_file(path("renamed.mp3")), "a copy");
  EXPECT_FALSE(test::exists(library.set_aside(run(), "album/copy.mp3")));
}

TEST_F(RaceHazard, FolderSwappedForALinkJustBeforeTheMove) {
  std::filesystem::create_directory(library.dir / "elsewhere");
  test::write_file(library.dir / "elsewhere/copy.mp3", "not in the library");
  apply_while(SYS_renameat2, 1, [&] {
    std::filesystem::rename(path("album"), path("album 2"));
    std::filesystem::create_directory_symlink(library.dir / "elsewhere", path("album"));
  });
  EXPECT_EQ(test::read_file(library.dir / "elsewhere/copy.mp3"), "not in the library");
  const auto kept = test::contents({path("album 2"), path(".echofold-duplicates")});
  EXPECT_EQ(std::count(kept.begin(), kept.end(), "a copy"), 1);
}

TEST_F(RaceHazard, SetAsideFolderTakenAwayDuringTheRun) {
  apply_while(SYS_renameat2, 2,
              [&] { std::filesystem::rename(path(".echofold-duplicates"), library.dir / "taken"); });
  // The second move was under way into the open folder; whichever way, each file is there once.
  const auto kept = test::contents({library.root, (library.dir / "taken").native()});
  EXPECT_EQ(kept.size(), 4u);
  EXPECT_EQ(std::count(kept.begin(), kept.end(), "a copy"), 1);
  EXPECT_EQ(std::count(kept.begin(), kept.end(), "its copy"), 1);
}

TEST_F(RaceHazard, LoserWrittenToWhileItIsCopied) {
  const test::OtherFileSystem other(library.root);
  if (!other) GTEST_SKIP() << "there is no other file system";
  apply_while(
      SYS_fadvise64, 1, [&] { test::write_file(loser(), "a copy, retagged"); }, elsewhere(other));
  EXPECT_EQ(test::read_file(loser()), "a copy, retagged");
  const auto copies = test::contents({other.path()});
  EXPECT_EQ(copies, std::vector<std::string>{"its copy"}) << "no half copy is left";
}

TEST_F(RaceHazard, CopyDamagedOnItsWay) {
  const test::OtherFileSystem other(library.root);
  if (!other) GTEST_SKIP() << "there is no other file system";
  apply_while(
      SYS_fadvise64, 1,
      [&] {
        for (const auto& file : std::filesystem::recursive_directory_iterator(other.path()))
          if (file.path().extension() == ".part") test::write_file(file.path().native(), "a c0py");
      },
      elsewhere(other));
  EXPECT_EQ(test::read_file(loser()), "a copy");
  EXPECT_NE(entry(0).note.find("the copy read back differs"), std::string::npos) << entry(0).note;
  EXPECT_EQ(test::contents({other.path()}), std::vector<std::string>{"its copy"});
}

}  // namespace
}  // namespace echofold::hazards_races_test
