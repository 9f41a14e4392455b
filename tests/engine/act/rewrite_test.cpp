// Rewrites: what the new file is, what is refused, and that undo gives back every byte, time and mode.
#include "engine/act/rewrite.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "engine/act/journal/run_info.h"
#include "engine/act/recovery/history.h"
#include "index/base/error.h"
#include "tests/engine/act/rewrite_support.h"
#include "tests/support/message_of.h"

namespace echofold::act_rewrite_test {
namespace {

using test::Library;

struct RewriteTest : testing::Test {
  RewriteTest() {
    library.file("a/one.mp3", test::noise(1, 50'000));
    library.file("a/two.mp3", test::noise(2, 60'000));
    library.add_root();
    test::age(library.root);
    one = library.scanned("a/one.mp3");
    two = library.scanned("a/two.mp3");
    before = test::tree(library.root);
  }

  std::string undo_folder_of(const std::string& run) const {
    return (library.dir / "db/runs" / (run + ".undo")).native();
  }

  Library library;
  TrackRecord one, two;
  std::map<std::string, std::string> before;
};

TEST_F(RewriteTest, GivesNewBytesAndUndoTheOldOnes) {
  ASSERT_EQ(chmod(one.path.c_str(), 0640), 0);
  before = test::tree(library.root);
  Tags tags;
  tags.artist = "somebody";
  ActiveRun run(library.store, "tag");
  const Rewritten done = Rewriter(run).rewrite(test::order_for(one), test::with_head("HEAD", tags));
  ASSERT_TRUE(done.done()) << test::message_of(done.failure);
  EXPECT_EQ(test::read_file(one.path), "HEAD" + test::noise(1, 50'000));
  EXPECT_EQ(done.left, test::stamp(one.path));
  EXPECT_NE(done.left.mtime_ns, one.stamp.mtime_ns);
  EXPECT_EQ(library.record(one.id).stamp, done.left) << "the next scan opens nothing";
  EXPECT_EQ(library.record(one.id).tags, tags);
  struct stat status {};
  ASSERT_EQ(stat(one.path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777u, 0640u);
  const RewriteSummary summary = close_rewrites(run, false);
  EXPECT_EQ(summary.rewritten, 1u);
  EXPECT_EQ(test::tree(library.root).size(), before.size()) << "no temporary file stays";
  ASSERT_EQ(stat(undo_folder_of(summary.run).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0700u);
  ASSERT_EQ(stat((undo_folder_of(summary.run) + "/1").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  EXPECT_LT(status.st_size, 5'000) << "what did not change is not kept twice";

  const RunInfo info = history(library.store).at(0);
  EXPECT_EQ(info.kind, "tag");
  EXPECT_EQ(info.rewrites_done, 1u);
  EXPECT_TRUE(info.finished && info.settled);

  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(std::get<RewriteStep>(library.reported.at(0)).rewrite.kind, RewriteKind::tags);
  EXPECT_EQ(place_before(library.reported.at(0)), one.path);
  EXPECT_EQ(test::tree(library.root), before) << "bytes, times and modes, of the folder too";
  EXPECT_EQ(library.record(one.id).tags, one.tags);
  EXPECT_EQ(library.record(one.id).stamp, test::stamp(one.path));
  EXPECT_FALSE(test::exists(undo_folder_of(summary.run)));
  EXPECT_TRUE(history(library.store).at(0).taken_back);
  EXPECT_THROW(library.undo(summary.run), Error);
}

TEST_F(RewriteTest, KeepsTheTimeOnRequestAndAttributes) {
  const bool attributes = setxattr(one.path.c_str(), "user.echofold-test", "v", 1, 0) == 0;
  RewriteOrder order = test::order_for(one);
  order.keep_mtime = true;
  ActiveRun run(library.store, "tag");
  ASSERT_TRUE(Rewriter(run).rewrite(order, test::with_head("x")).done());
  close_rewrites(run, false);
  EXPECT_EQ(test::stamp(one.path).mtime_ns, one.stamp.mtime_ns);
  char value[8];
  if (attributes) {
    EXPECT_EQ(getxattr(one.path.c_str(), "user.echofold-test", value, sizeof value), 1);
  }
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::tree(library.root), before);
  if (attributes) {
    EXPECT_EQ(getxattr(one.path.c_str(), "user.echofold-test", value, sizeof value), 1);
  }
}

TEST_F(RewriteTest, TwiceInOneRunGoesBackToTheStart) {
  ActiveRun run(library.store, "tag");
  const Rewritten first = Rewriter(run).rewrite(test::order_for(one), test::with_head("1"));
  ASSERT_TRUE(first.done());
  RewriteOrder again = test::order_for(one);
  again.stamp = first.left;
  ASSERT_TRUE(Rewriter(run).rewrite(again, test::with_head("2")).done());
  ASSERT_TRUE(Rewriter(run).rewrite(test::order_for(two), test::with_head("3")).done());
  close_rewrites(run, false);
  EXPECT_EQ(test::read_file(one.path).substr(0, 2), "21");
  EXPECT_EQ(library.undo().restored, 3u);
  EXPECT_EQ(test::tree(library.root), before);
}

TEST_F(RewriteTest, WithNothingToDoThereIsNoRun) {
  ActiveRun run(library.store, "tag");
  EXPECT_TRUE(close_rewrites(run, false).run.empty());
  EXPECT_TRUE(history(library.store).empty());
}

TEST_F(RewriteTest, AFileThatChangedIsSkipped) {
  test::write_file(one.path, "something new");
  ActiveRun run(library.store, "tag");
  const Rewritten done = Rewriter(run).rewrite(test::order_for(one), test::with_head("x"));
  ASSERT_TRUE(done.failure);
  EXPECT_EQ(done.failure->fault(), Fault::changed);
  EXPECT_NE(test::message_of(done.failure).find("changed"), std::string::npos)
      << test::message_of(done.failure);
  EXPECT_EQ(test::read_file(one.path), "something new");
}

TEST_F(RewriteTest, AFileWithSeveralNamesIsSkipped) {
  std::filesystem::create_hard_link(one.path, library.path("a/link.mp3"));
  ActiveRun run(library.store, "tag");
  const Rewritten done = Rewriter(run).rewrite(test::order_for(one), test::with_head("x"));
  ASSERT_TRUE(done.failure);
  EXPECT_EQ(done.failure->fault(), Fault::unsupported);
  EXPECT_NE(test::message_of(done.failure).find("hard links"), std::string::npos)
      << test::message_of(done.failure);
  EXPECT_EQ(test::read_file(one.path), test::noise(1, 50'000));
}

TEST_F(RewriteTest, WhatCannotBeVerifiedIsSkipped) {
  NewBytes bytes = test::with_head("x");
  bytes.verify = [](int, int) -> std::optional<Tags> { throw Error(Fault::damaged, "the audio differs"); };
  ActiveRun run(library.store, "tag");
  const Rewritten done = Rewriter(run).rewrite(test::order_for(one), bytes);
  EXPECT_EQ(test::message_of(done.failure), one.path + ": the audio differs");
  EXPECT_EQ(test::contents({library.root}).size(), 2u) << "no temporary file stays";
  EXPECT_EQ(close_rewrites(run, false).skipped, 1u);
  EXPECT_EQ(test::read_file(one.path), test::noise(1, 50'000));
  EXPECT_EQ(test::tree(library.root), before) << "with the time of the folder";
  EXPECT_FALSE(test::exists(undo_folder_of(history(library.store).at(0).run)));
}

TEST_F(RewriteTest, AFileThatIsWrittenToMeanwhileStays) {
  NewBytes bytes = test::with_head("x");
  const auto verify = bytes.verify;
  bytes.verify = [&](int file, int copy) {
    auto tags = verify(file, copy);
    test::write_file(one.path, "written by another program");
    return tags;
  };
  ActiveRun run(library.store, "tag");
  const Rewritten done = Rewriter(run).rewrite(test::order_for(one), bytes);
  EXPECT_FALSE(done.done());
  EXPECT_EQ(test::read_file(one.path), "written by another program");
  EXPECT_EQ(test::contents({library.root}).size(), 2u);
  EXPECT_EQ(close_rewrites(run, false).skipped, 1u);
}

TEST_F(RewriteTest, UndoLeavesAFileThatWasChangedSince) {
  ActiveRun run(library.store, "tag");
  ASSERT_TRUE(Rewriter(run).rewrite(test::order_for(one), test::with_head("x")).done());
  ASSERT_TRUE(Rewriter(run).rewrite(test::order_for(two), test::with_head("x")).done());
  close_rewrites(run, false);
  test::write_file(one.path, "my own work");
  const UndoSummary summary = library.undo();
  EXPECT_EQ(summary.restored, 1u);
  EXPECT_EQ(summary.skipped, 1u);
  EXPECT_EQ(test::read_file(one.path), "my own work");
  EXPECT_EQ(test::read_file(two.path), test::noise(2, 60'000));
  EXPECT_NE(outcome(library.reported.at(1)).note.find("changed since"), std::string::npos)
      << outcome(library.reported.at(1)).note;
  EXPECT_FALSE(history(library.store).at(0).taken_back);
}

TEST_F(RewriteTest, ADamagedDeltaRestoresNothing) {
  ActiveRun run(library.store, "tag");
  ASSERT_TRUE(Rewriter(run).rewrite(test::order_for(one), test::with_head("x")).done());
  const std::string delta = undo_folder_of(close_rewrites(run, false).run) + "/1";
  const std::string whole = test::read_file(delta);
  for (const std::string& bytes : {whole.substr(0, whole.size() / 2), std::string(), test::noise(1, 99)}) {
    test::write_file(delta, bytes);
    EXPECT_EQ(library.undo().skipped, 1u);
    EXPECT_EQ(test::read_file(one.path), "x" + test::noise(1, 50'000));
    EXPECT_EQ(test::contents({library.root}).size(), 2u);
  }
  test::write_file(delta, whole);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::tree(library.root), before);
}

}  // namespace
}  // namespace echofold::act_rewrite_test
