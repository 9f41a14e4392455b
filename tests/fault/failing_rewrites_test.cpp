// The program while a system call fails during the rewriting of playlists: each has its old bytes or its new ones, no
// other file is left behind, and everything can be undone.
#include <gtest/gtest.h>

#include <array>
#include <cerrno>

#include "tests/fault/fault_share.h"
#include "tests/fault/many_groups.h"
#include "tests/fault/traced_test.h"

#include "engine/act/recovery/recover.h"

namespace echofold::fault_failing_rewrites_test {
namespace {

constexpr std::array<int, 5> errors{EIO, ENOSPC, EINVAL, EACCES, EINTR};

/// One group, and three playlists that name its first loser.
struct Playlists {
  test::ManyGroups library{1};
  std::vector<std::string> paths;
  std::string before, after;
  std::map<std::string, std::string> tree;

  Playlists() {
    const PlanGroup& group = library.groups().at(0);
    before = "#EXTM3U\n" + group.drops.at(0).file.track.path + "\n";
    after = "#EXTM3U\n" + group.keep.track.path + "\n";
    for (const char* name : {"/a.m3u", "/album 0/b.m3u8", "/album 1/c.m3u"}) {
      paths.push_back(library.root() + name);
      test::write_file(paths.back(), before);
      test::set_mtime(paths.back(), 1'500'000'000, 5);
    }
    tree = test::tree(library.root(), false);
  }

  std::vector<std::string> command() const {
    return {ECHOFOLD_PROGRAM, "--db", library.db(), "--threads", "1", "-q", "apply", library.plan()};
  }

  void expect_one_version_each(const std::string& when) const {
    for (const std::string& path : paths) {
      const std::string bytes = test::read_file(path);
      ASSERT_TRUE(bytes == before || bytes == after) << when << ": " << path << " is " << bytes;
    }
  }

  /// Recovers, undoes and removes the runs.
  void take_back(const std::string& when) const {
    Store store = library.open();
    recover(store);
    ASSERT_NO_FATAL_FAILURE(expect_one_version_each(when));
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(store, when));
    ASSERT_EQ(test::tree(library.root(), false), tree)
        << when << ": bytes, times and nothing left beside them";
  }
};

using FailingRewritesTest = test::TracedTest;

TEST_F(FailingRewritesTest, EachPlaylistIsWholeAndAllCanBeTakenBack) {
  const std::vector<std::string> names{
      "renameat2", "linkat",  "unlinkat", "openat",     "pwrite64", "write",     "fsync",
      "fdatasync", "pread64", "read",     "fchmod",     "fchown",   "ftruncate", "utimensat",
      "fstat",     "mkdir",   "lseek",    "newfstatat", "ioctl",    "fcntl",     "getdents64"};
  const Playlists playlists;
  const auto calls = test::share(
      test::calls_of(playlists.command(), names, playlists.library.db(), playlists.library.log()), 60);
  ASSERT_FALSE(calls.empty());
  EXPECT_EQ(test::read_file(playlists.paths[0]), playlists.after);
  playlists.take_back("before any failure");
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const int error = errors[(i + i / errors.size()) % errors.size()];
    const std::string when = test::fault_text(calls[i], error);
    const auto ended = test::run_with_error(playlists.command(), calls[i], error, playlists.library.log());
    ASSERT_EQ(ended.signal, 0) << when << ": " << ended.error_output;
    ASSERT_NO_FATAL_FAILURE(playlists.expect_one_version_each(when));
    ASSERT_NO_FATAL_FAILURE(playlists.take_back(when));
  }
}

TEST_F(FailingRewritesTest, AFileSystemThatCannotExchangeNamesUsesLinks) {
  const Playlists playlists;
  for (const test::Call& call :
       test::calls_of(playlists.command(), {"renameat2"}, playlists.library.db(), playlists.library.log())) {
    playlists.take_back("before");
    if (call.text.find("RENAME_EXCHANGE") == std::string::npos) {
      test::run_plain(playlists.command(), playlists.library.log());
      continue;
    }
    const auto ended = test::run_with_error(playlists.command(), call, EINVAL, playlists.library.log());
    EXPECT_EQ(ended.code, 0) << ended.error_output;
    for (const std::string& path : playlists.paths)
      EXPECT_EQ(test::read_file(path), playlists.after) << call.text;
  }
  playlists.take_back("after");
}

}  // namespace
}  // namespace echofold::fault_failing_rewrites_test
