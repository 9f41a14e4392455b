// Journals: what was written is read back, a torn end is cut, a changed line is refused, names sort by time.
#include "engine/act/journal/journal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "engine/act/journal/journal_line.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/step_support.h"

namespace echofold::journal_journal_test {
namespace {

using test::TempDir;

Move a_move(std::uint64_t number) {
  Move move;
  move.number = number;
  move.track = 40 + number;
  move.from = "/m/\xff odd\n\"name\" " + std::to_string(number);
  move.to = "/m/.echofold-duplicates/r/" + std::to_string(number);
  move.stamp = {7, 0xfedcba9876543210u, 9, -1'500'000'001};
  move.mode = 0100644;
  move.keeper = "/m/keep";
  move.root = "/m";
  return move;
}

Intent two_moves() {
  return {{a_move(1), a_move(2)},
          {"/m/.echofold-duplicates", "/m/.echofold-duplicates/r"},
          {{"/m", {0, 5}, {0, 5}, true}}};
}

Fault fault_of(const std::filesystem::path& file) {
  try {
    read_journal(file);
  } catch (const Error& e) {
    return e.fault();
  }
  ADD_FAILURE() << "no error";
  return Fault::usage;
}

TEST(JournalTest, ReadsBackWhatWasWritten) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "library-1");
  journal.intend(two_moves());
  journal.done(test::move_id(1), {7, 8, 9, 10}, {{"/m", {0, 5}, {0, 6}, true}});
  journal.skipped(test::move_id(2), "because \"x\"");
  journal.finish();

  const auto contents = read_journal(journal.file());
  EXPECT_EQ(contents.info.run, journal.run());
  EXPECT_EQ(contents.info.library_id, "library-1");
  EXPECT_TRUE(contents.info.finished);
  EXPECT_FALSE(contents.info.settled);
  EXPECT_EQ(contents.info.moves_done, 1u);
  EXPECT_EQ(contents.info.moves_skipped, 1u);
  ASSERT_EQ(test::moves(contents).size(), 2u);
  EXPECT_EQ(test::moves(contents)[0].move.from, a_move(1).from);
  EXPECT_EQ(test::moves(contents)[0].move.stamp, a_move(1).stamp);
  EXPECT_EQ(test::moves(contents)[0].move.mode, 0100644u);
  EXPECT_EQ(test::moves(contents)[0].left, (Stamp{7, 8, 9, 10}));
  EXPECT_EQ(test::moves(contents)[0].state, StepState::done);
  EXPECT_EQ(test::moves(contents)[1].note, "because \"x\"");
  ASSERT_EQ(contents.folders.size(), 1u);
  EXPECT_EQ(contents.folders[0].after, file_time_of_ns(6));
  EXPECT_EQ(contents.made_folders.size(), 2u);
}

Prepared prepared_bytes() {
  Prepared prepared{{7, 8, 9, 10}, "00ff", "ff00", "1", {}, {}, {{"user.x", std::string("\0\xff", 2)}}};
  prepared.tags_before.emplace();
  prepared.tags_before->artist = "Björk";
  return prepared;
}

Rewrite a_rewrite(std::uint64_t number) {
  return {number, 3, "/m/\xff odd", {1, 2, 3, 4}, 0100640, 1000, 1001, RewriteKind::tags, "/m/keep"};
}

TEST(JournalTest, ReadsBackRewrites) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "l", "tag");
  journal.prepare_rewrite(a_rewrite(1), {{"/m", {0, 5}, {0, 5}, true}});
  journal.intend_rewrite(1, prepared_bytes());
  EXPECT_EQ(read_journal(journal.file()).info.rewrites_open, 1u);
  journal.done(test::rewrite_id(1), {1, 8, 9, 10}, {{"/m", {0, 5}, {0, 6}, true}});
  journal.intend(two_moves());
  journal.prepare_rewrite(a_rewrite(2), {});
  journal.skipped(test::rewrite_id(2), "no room");

  const auto contents = read_journal(journal.file());
  EXPECT_EQ(contents.info.kind, "tag");
  EXPECT_EQ(contents.info.rewrites_done, 1u);
  EXPECT_EQ(contents.info.rewrites_skipped, 1u);
  ASSERT_EQ(test::rewrites(contents).size(), 2u);
  const RewriteStep entry = test::rewrites(contents)[0];
  EXPECT_EQ(entry.rewrite.path, a_rewrite(1).path);
  EXPECT_EQ(entry.rewrite.stamp, a_rewrite(1).stamp);
  EXPECT_EQ(entry.rewrite.gid, 1001u);
  EXPECT_EQ(entry.left, (Stamp{1, 8, 9, 10}));
  ASSERT_TRUE(entry.prepared);
  EXPECT_EQ(entry.prepared->attributes, prepared_bytes().attributes);
  EXPECT_EQ(entry.prepared->tags_before, prepared_bytes().tags_before);
  EXPECT_FALSE(entry.prepared->tags_after);
  const std::vector<StepId> in_order{test::rewrite_id(1), test::move_id(1), test::move_id(2),
                                     test::rewrite_id(2)};
  ASSERT_EQ(contents.steps.size(), in_order.size());
  for (std::size_t i = 0; i < in_order.size(); ++i) EXPECT_EQ(id_of(contents.steps[i]), in_order[i]) << i;
  EXPECT_FALSE(test::rewrites(contents)[1].prepared);
  EXPECT_EQ(test::rewrites(contents)[1].note, "no room");
  ASSERT_FALSE(contents.folders.empty());
  EXPECT_EQ(contents.folders.back().after, file_time_of_ns(5)) << "the moves touched it last";
}

TEST(JournalTest, ARewriteThatWasNotPreparedIsDamage) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "l", "tag");
  journal.prepare_rewrite(a_rewrite(1), {});
  journal.done(test::rewrite_id(1), {}, {});
  EXPECT_EQ(fault_of(journal.file()), Fault::damaged);
}

TEST(JournalTest, TheDeltaOfARewriteIsNoPath) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "l", "tag");
  journal.prepare_rewrite(a_rewrite(1), {});
  Prepared prepared = prepared_bytes();
  prepared.delta = "../1";
  journal.intend_rewrite(1, prepared);
  EXPECT_EQ(fault_of(journal.file()), Fault::damaged);
}

TEST(JournalTest, OneThatDoesNotSayItsKindSetFilesAside) {
  const TempDir dir;
  const std::string file = (dir / "2026-01-01T00-00-00Z-0000.ndjson").native();
  test::write_file(file, seal({{"schema", journal_schema},
                               {"event", "run"},
                               {"run", "2026-01-01T00-00-00Z-0000"},
                               {"library", "l"},
                               {"started_at_s", 1}}));
  EXPECT_EQ(read_journal(file).info.kind, "set_aside");
}

TEST(JournalTest, IsForTheUserAlone) {
  const TempDir dir;
  const auto journal = Journal::create(dir / "runs", "l");
  struct stat status {};
  ASSERT_EQ(stat(journal.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  ASSERT_EQ(stat((dir / "runs").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0700u);
}

TEST(JournalTest, EveryTornEndIsIgnoredAndCut) {
  const TempDir dir;
  std::filesystem::path file;
  {
    auto journal = Journal::create(dir / "runs", "l");
    journal.intend(two_moves());
    file = journal.file();
  }
  const auto whole = std::filesystem::file_size(file);
  {
    auto journal = Journal::reopen(file);
    journal.done(test::move_id(1), {}, {});
  }
  const std::string bytes = test::read_file(file);
  for (std::size_t size = whole; size < bytes.size(); ++size) {
    test::write_file(file, bytes.substr(0, size));
    ASSERT_EQ(read_journal(file).info.moves_open, 2u) << size;
  }
  // A page that never reached the disk reads as zeros up to the end.
  test::write_file(file, bytes.substr(0, whole + 10) + std::string(20, '\0') + "\n");
  auto journal = Journal::reopen(file);
  EXPECT_EQ(std::filesystem::file_size(file), whole);
  journal.skipped(test::move_id(2), "x");
  EXPECT_EQ(read_journal(file).info.moves_skipped, 1u);
}

TEST(JournalTest, AChangedLineIsDamage) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "l");
  journal.intend(two_moves());
  journal.done(test::move_id(1), {}, {});
  const std::string bytes = test::read_file(journal.file());
  for (const char* what : {"odd", "library", "\"number\":2"}) {
    std::string changed = bytes;
    changed[changed.find(what) + 1] ^= 1;
    test::write_file(journal.file(), changed);
    EXPECT_EQ(fault_of(journal.file()), Fault::damaged) << what;
  }
}

TEST(JournalTest, SealedNonsenseIsDamageToo) {
  const TempDir dir;
  const auto file = Journal::create(dir / "runs", "l").file();
  const std::string header = test::read_file(file);
  for (const Json& line :
       {Json{{"event", "done"}, {"number", 1}}, Json{{"event", 3}}, Json{{"event", "intend"}},
        Json{{"event", "skipped"}, {"number", -1}, {"why", ""}}}) {
    test::write_file(file, header + seal(line) + seal({{"event", "finish"}}));
    EXPECT_EQ(fault_of(file), Fault::damaged) << line;
  }
}

TEST(JournalTest, TimesThatNsDoNotReachAreKept) {
  const TempDir dir;
  const FileTime far{10'413'792'000, 7}, early{-12'000'000'000, 999'999'999};
  auto journal = Journal::create(dir / "runs", "l");
  Move move = a_move(1);
  move.far_mtime = far;
  Rewrite rewrite = a_rewrite(1);
  rewrite.far_mtime = early;
  journal.intend({{move, a_move(2)}, {}, {{"/m", early, far, true}}});
  journal.prepare_rewrite(rewrite, {});
  const JournalContents contents = read_journal(journal.file());
  EXPECT_EQ(test::moves(contents).at(0).move.mtime(), far);
  EXPECT_EQ(test::moves(contents).at(1).move.mtime(), file_time_of_ns(a_move(2).stamp.mtime_ns));
  EXPECT_EQ(test::rewrites(contents).at(0).rewrite.mtime(), early);
  EXPECT_EQ(contents.folders.at(0).before, early);
  EXPECT_EQ(contents.folders.at(0).after, far);

  const std::string lines = test::read_file(journal.file());
  const auto with_time = [&](const Json& after) {
    return seal(Json{{"event", "times"},
                     {"folders", {{{"path", "/m"}, {"before_ns", 5}, {"after_ns", after}, {"ours", true}}}}});
  };
  for (const Json& after : {Json::array({1}), Json::array({1, -1}), Json::array({1, 1'000'000'000}),
                            Json::array({1, 2, 3}), Json::array({1, "2"})}) {
    test::write_file(journal.file(), lines + with_time(after) + seal({{"event", "finish"}}));
    EXPECT_EQ(fault_of(journal.file()), Fault::damaged) << after;
  }
}

TEST(JournalTest, ANumberThatIsNotWholeIsDamage) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "l");
  journal.intend(two_moves());
  const std::string moves = test::read_file(journal.file());
  const Json left{{"device", 7}, {"inode", 8}, {"size_bytes", 9}, {"mtime_ns", 10}};
  const auto done = [&](const Json& number, const Json& after_ns) {
    return Json{{"event", "done"},
                {"number", number},
                {"left", left},
                {"folders", {{{"path", "/m"}, {"before_ns", 5}, {"after_ns", after_ns}, {"ours", true}}}}};
  };
  test::write_file(journal.file(), moves + seal(done(1, 6)));
  EXPECT_EQ(read_journal(journal.file()).info.moves_done, 1u);
  for (const Json& line : {done(1.5, 6), done(1, 7e53), done(1, 6.5), done("1", 6), done(1, 1ull << 63)}) {
    test::write_file(journal.file(), moves + seal(line) + seal({{"event", "finish"}}));
    EXPECT_EQ(fault_of(journal.file()), Fault::damaged) << line;
  }
}

TEST(JournalTest, AnotherVersionIsRefused) {
  const TempDir dir;
  const auto file = dir / "2026-11-22T17-01-22Z-1f3a.ndjson";
  test::write_file(file, seal({{"schema", "echofold.run/9"}, {"event", "run"}}));
  EXPECT_EQ(fault_of(file), Fault::version);
}

TEST(JournalTest, SettledShowsAtTheEnd) {
  const TempDir dir;
  auto journal = Journal::create(dir / "runs", "l");
  EXPECT_FALSE(is_settled(journal.file()));
  journal.settled();
  EXPECT_TRUE(is_settled(journal.file()));
  EXPECT_TRUE(read_journal(journal.file()).info.settled);
  journal.intend(two_moves());
  EXPECT_FALSE(is_settled(journal.file()));
}

TEST(JournalTest, NamesSortByTimeThoughTheClockStandsOrGoesBack) {
  std::string last;
  std::vector<std::string> names;
  for (const std::int64_t now : {1'795'000'000, 1'795'000'000, 1'795'000'000, 1'700'000'000, 1'795'000'001}) {
    names.push_back(next_run_name(now, last, 0x9abc));
    EXPECT_GT(names.back(), last);
    last = names.back();
  }
  EXPECT_EQ(names[0].size(), std::string("2026-11-22T17-01-22Z-1f3a").size());
  EXPECT_GT(next_run_name(0, "2026-12-31T23-59-59Z-ffff", 1), "2026-12-31T23-59-59Z-ffff");
  EXPECT_EQ(next_run_name(0, "2026-12-31T23-59-59Z-ffff", 1), "2027-01-01T00-00-00Z-0000");
}

TEST(JournalTest, FilesOfALibraryOldestFirst) {
  const TempDir dir;
  std::vector<std::filesystem::path> made;
  for (int i = 0; i < 5; ++i) made.push_back(Journal::create(dir / "runs", "l").file());
  test::write_file(dir / "runs/notes.ndjson", "x");
  EXPECT_EQ(journal_files(dir / "runs"), made);
  EXPECT_TRUE(journal_files(dir / "none").empty());
}

}  // namespace
}  // namespace echofold::journal_journal_test
