// Hazards: journals that are cut, changed or gone, clocks that go back, and disks without room for a journal.
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cstdio>

#include "tests/engine/act/hazards/hazard_support.h"
#include "tests/support/message_of.h"
#include "tests/support/mounts.h"

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/move_step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"

namespace echofold::hazards_journals_test {
namespace {

struct JournalHazard : test::HazardTest {
  std::string journal(const std::string& run) const {
    return (library.dir / "db/runs" / (run + ".ndjson")).native();
  }

  /// Each of the four files is there once, with its bytes.
  void expect_all_there(const std::string& when) const {
    const std::vector<std::string> all{"a copy", "another keeper", "its copy", "the keeper"};
    EXPECT_EQ(test::contents({library.root}), all) << when;
  }
};

TEST_F(JournalHazard, CutAtAnyByte) {
  const auto whole = test::read_file(journal(library.apply(plan).run));
  library.undo();
  for (std::size_t kept = 0; kept <= whole.size(); kept += 17) {
    std::filesystem::remove_all(library.dir / "db/runs");
    const auto run = library.apply(plan).run;
    const auto now = test::read_file(journal(run));
    test::write_file(journal(run), now.substr(0, std::min(kept, now.size())));
    recover(library.store);
    expect_all_there("cut after " + std::to_string(kept));
    // What is announced can be taken back; for the rest the folder of the run is as good as its journal.
    const auto runs = history(library.store);
    if (!runs.empty() && runs[0].moves_done > 0) {
      EXPECT_EQ(library.undo(run).skipped, 0u) << kept;
    }
    expect_all_there("taken back what was announced after " + std::to_string(kept));
    for (const char* name : {"album/copy.mp3", "second/copy.mp3"})
      if (!test::exists(path(name))) std::filesystem::rename(library.set_aside(run, name), path(name));
  }
}

TEST_F(JournalHazard, EditedByHand) {
  const auto run = library.apply(plan).run;
  std::string text = test::read_file(journal(run));
  const auto at = text.find("album/copy.mp3");
  text.replace(at, 5, "ALBUM");
  test::write_file(journal(run), text);
  const auto picture = test::tree(library.root);
  std::string said;
  EXPECT_EQ(test::fault_of([&] { library.undo(run); }, &said), Fault::damaged);
  EXPECT_NE(said.find(run), std::string::npos) << said;
  EXPECT_NE(said.find("by hand"), std::string::npos) << said;
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(JournalHazard, GoneKeepsTheFilesAndTheNextRunWorks) {
  const auto run = library.apply({plan[0]}).run;
  std::filesystem::remove(journal(run));
  EXPECT_EQ(library.apply({plan[1]}).moved, 1u);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::read_file(library.set_aside(run, "album/copy.mp3")), "a copy");
}

TEST_F(JournalHazard, AmongFilesThatAreNone) {
  library.apply({plan[0]});
  test::write_file(library.dir / "db/runs/notes.ndjson", "not a journal");
  test::write_file(library.dir / "db/runs/2026-01-01.ndjson", "neither");
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::read_file(library.dir / "db/runs/notes.ndjson"), "not a journal");
}

TEST_F(JournalHazard, WhatIsNoFileIsNeitherWaitedForNorInTheWay) {
  const auto picture = test::tree(path("second"));
  const auto first = library.apply({plan[0]}).run;
  const std::string later = "2099-12-31T23-59-59Z-";
  ASSERT_EQ(mkfifo(journal(later + "0001").c_str(), 0600), 0);
  std::filesystem::create_directory(journal(later + "0002"));
  std::filesystem::create_symlink(journal(first), journal(later + "0003"));
  const auto runs = history(library.store);
  ASSERT_EQ(runs.size(), 4u);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NE(test::message_of(runs[i].problem).find("is needed there"), std::string::npos);
  EXPECT_EQ(test::fault_of([&] { library.undo(later + "0001"); }), Fault::damaged);
  EXPECT_EQ(library.apply({plan[1]}).moved, 1u);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(library.undo(first).restored, 1u);
  expect_all_there("all taken back");
}

TEST_F(JournalHazard, ZerosThatAPowerCutLeftAreATornAppendHoweverMany) {
  const auto run = library.apply(plan).run;
  const std::string whole = test::read_file(journal(run));
  test::write_file(journal(run), whole + "{\"event\":\"do" + std::string(70'000, '\0'));
  std::filesystem::resize_file(journal(run), std::uint64_t{100} << 30);  // the rest is a hole
  EXPECT_EQ(read_journal(journal(run)).info.moves_done, 2u);
  EXPECT_EQ(library.undo().restored, 2u);
  expect_all_there("taken back");
}

TEST_F(JournalHazard, FurtherLinesBehindZerosAreDamage) {
  const auto run = library.apply(plan).run;
  const std::string whole = test::read_file(journal(run));
  for (const std::size_t zeros : {1u, 70'000u, 5'000'000u}) {
    test::write_file(journal(run), whole);
    std::filesystem::resize_file(journal(run), whole.size() + zeros);
    std::ofstream(journal(run), std::ios::app) << "the end of the line that has them\n";
    EXPECT_EQ(read_journal(journal(run)).info.moves_done, 2u) << zeros;
    std::ofstream(journal(run), std::ios::app) << "{}\n";
    EXPECT_EQ(test::fault_of([&] { library.undo(run); }), Fault::damaged) << zeros;
  }
}

TEST_F(JournalHazard, ASealedLineThatIsNestedTooDeepIsDamage) {
  const auto run = library.apply(plan).run;
  const std::string open =
      "{\"event\":\"x\",\"more\":" + std::string(100'000, '[') + std::string(100'000, ']');
  char sum[17];
  std::snprintf(sum, sizeof sum, "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(open.data(), open.size())));
  test::write_file(journal(run),
                   test::read_file(journal(run)) + open + ",\"sum\":\"" + sum + "\"}\n" + "{}\n");
  EXPECT_EQ(test::fault_of([&] { library.undo(run); }), Fault::damaged);
}

TEST_F(JournalHazard, ClockSetBack) {
  // A run of the year 2099 is there: the next ones still come after it, and are the first to be taken back.
  auto future = Journal::create(library.dir / "db/runs", library.store.library_id());
  std::filesystem::rename(future.file(), library.dir / "db/runs/2099-12-31T23-59-59Z-ffff.ndjson");
  const auto picture = test::tree(library.root);
  const auto first = library.apply({plan[0]}).run;
  const auto second = library.apply({plan[1]}).run;
  EXPECT_GT(first, "2099-12-31T23-59-59Z-ffff");
  EXPECT_GT(second, first);
  EXPECT_EQ(library.undo().run, second);
  EXPECT_EQ(library.undo().run, first);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(JournalHazard, NoRoomForIt) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  const test::Mount disk = test::Mount::in_memory((library.dir / "db/runs").native(), "16k");
  ASSERT_TRUE(disk);
  std::vector<PlanGroup> many;
  for (int i = 0; i < 100; ++i) {
    const std::string name = "many/" + std::to_string(i);
    library.file(name + " keep", "keeper " + name);
    library.file(name + " copy", "copy " + name);
    many.push_back(library.group(static_cast<std::uint32_t>(i + 1), name + " keep", {name + " copy"}));
  }
  const auto bytes = test::contents({library.root});
  const auto picture = test::tree(library.root, false);
  std::string said;
  EXPECT_EQ(test::fault_of([&] { library.apply(many); }, &said), Fault::full);
  EXPECT_NE(said.find("runs/"), std::string::npos) << said;
  EXPECT_EQ(test::contents({library.root}), bytes);
  // Room again: what was moved is known, and comes back.
  EXPECT_EQ(mount(nullptr, disk.at().c_str(), nullptr, MS_REMOUNT, "size=1m"), 0);
  recover(library.store);
  EXPECT_GT(history(library.store).at(0).moves_done, 0u);
  EXPECT_EQ(library.undo().skipped, 0u);
  EXPECT_EQ(test::tree(library.root, false), picture);
}

TEST_F(JournalHazard, FolderOfJournalsMayNotBeMade) {
  test::write_file(library.dir / "db/runs", "in the way");
  const auto picture = test::tree(library.root);
  EXPECT_THROW(library.apply(plan), Error);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(JournalHazard, OfARunThatIsNotSettledComesBeforeTheNextRun) {
  // A crash left a move announced; the next apply settles it before it looks at its own plan.
  auto crashed = Journal::create(library.dir / "db/runs", library.store.library_id());
  Move move;
  move.number = 1;
  move.track = plan[0].drops[0].file.track.id;
  move.from = loser();
  move.to = library.set_aside(crashed.run(), "album/copy.mp3");
  move.stamp = plan[0].drops[0].file.track.stamp;
  move.root = library.root;
  crashed.intend({{move}, {}, {}});
  std::filesystem::create_directories(std::filesystem::path(move.to).parent_path());
  std::filesystem::rename(move.from, move.to);
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_EQ(library.record(move.track).place, TrackPlace::set_aside);
  EXPECT_EQ(library.undo(crashed.run()).restored, 1u);
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

}  // namespace
}  // namespace echofold::hazards_journals_test
