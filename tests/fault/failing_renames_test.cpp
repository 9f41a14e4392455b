// The program while a system call fails during renames: files by their tags, or a keeper to its loser's name. No
// content is lost or doubled, the rest can be finished, and everything can be undone.
#include <gtest/gtest.h>

#include <array>
#include <cerrno>

#include "tests/engine/order/tagged_library.h"
#include "tests/fault/fault_share.h"
#include "tests/fault/many_groups.h"
#include "tests/fault/traced_test.h"

#include "engine/act/recovery/recover.h"

namespace echofold::fault_failing_renames_test {
namespace {

using test::Call;

constexpr std::array<int, 6> errors{EIO, ENOSPC, EINVAL, EACCES, EINTR, EXDEV};
/// Calls that change a name: each of them fails once.
const std::vector<std::string> naming_calls{"renameat2", "renameat", "linkat", "unlinkat",
                                            "mkdirat",   "mkdir",    "rmdir"};
/// Calls that write or read: one in so many fails.
const std::vector<std::string> other_calls{"openat",     "pwrite64", "pwritev",   "fdatasync", "fsync",
                                           "write",      "writev",   "ftruncate", "utimensat", "fallocate",
                                           "newfstatat", "pread64",  "fstat"};
constexpr std::size_t others_every = 13;

/// Runs `command`. @return the calls that should fail
std::vector<Call> calls_to_fail(const std::vector<std::string>& command, const std::string& db,
                                const std::string& log) {
  auto names = naming_calls;
  names.insert(names.end(), other_calls.begin(), other_calls.end());
  std::vector<Call> calls;
  std::size_t others = 0;
  for (Call& call : test::calls_of(command, names, db, log))
    if (std::count(naming_calls.begin(), naming_calls.end(), call.name) > 0 || others++ % others_every == 0)
      calls.push_back(std::move(call));
  return test::share(calls, 24);
}

/// Tags that lead to names of every kind: in a new folder, equal to another file's, in a cycle, different only in
/// case.
struct Untidy : test::TaggedLibrary {
  std::string db = (dir / "db").native(), log = (dir / "log").native();
  std::vector<std::string> files;
  std::map<std::string, std::string> before;

  Untidy() {
    add_root();
    for (int i = 0; i < 12; ++i) {
      const std::string number = std::to_string(i);
      track("in/" + std::string(1, static_cast<char>('a' + i)) + ".mp3",
            test::tags_of("Artist " + std::to_string(i / 5), "Album", number, "Title"));
    }
    for (const auto& [name, title] : std::map<std::string, std::string>{{"A/B/01 one", "two"},
                                                                        {"A/B/01 two", "three"},
                                                                        {"A/B/01 three", "one"},
                                                                        {"A/B/01 case", "Case"}})
      track(name + ".flac", test::tags_of("A", "B", "1", title));
    file("in/a.lrc", "words of a");
    file("in/cover.jpg", "a picture");
    age_all();
    files = test::contents({root});
    before = test::tree(root, false);
    close();
  }

  std::vector<std::string> command() const {
    return {ECHOFOLD_PROGRAM, "--db", db, "--threads", "1", "-q", "organize", "--apply"};
  }

  void expect_records_agree(const std::string& when) const {
    store.snapshot().for_each_track([&](const TrackRecord& track) {
      ASSERT_TRUE(test::exists(track.path)) << when << ": " << track.path;
      ASSERT_EQ(test::stamp(track.path), track.stamp) << when << ": " << track.path;
    });
  }

  /// Undoes all runs, newest first, and removes them.
  void take_back(const std::string& when) {
    store = open();
    recover(store);
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(store, when));
    ASSERT_EQ(test::tree(root, false), before) << when << ": all taken back";
    ASSERT_NO_FATAL_FAILURE(expect_records_agree(when));
    close();
  }

  void finish(const std::string& when) {
    store = open();
    recover(store);  // as each verb that writes does first
    ASSERT_EQ(organize().skipped, 0u) << when;
    ASSERT_EQ(test::contents({root}), files) << when << ", finished";
    ASSERT_NO_FATAL_FAILURE(expect_records_agree(when));
    ASSERT_TRUE(names().renames.empty()) << when << ": a further run has something to do";
    close();
  }
};

class FailingRenamesTest : public test::TracedTest {
 protected:
  /// Runs `command` once for each of some calls, with that call failing.
  /// @param after  checks the result, and restores the library
  void fail_at_each(const std::vector<Call>& calls, const std::vector<std::string>& command,
                    const std::string& top, const std::string& log,
                    const std::function<void(const std::string& when)>& after) {
    int reported = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const int error = errors[(i + i / errors.size()) % errors.size()];
      const std::string when = test::fault_text(calls[i], error);
      const auto ended = test::run_with_error(command, calls[i], error, log);
      ASSERT_EQ(ended.signal, 0) << when << ": " << ended.error_output;
      ASSERT_TRUE(ended.code == 0 || ended.code == 1)
          << when << ": exit code " << ended.code << ": " << ended.error_output;
      if (ended.code == 1) {
        ++reported;
        ASSERT_TRUE(ended.error_output.find(top) != std::string::npos ||
                    ended.error_output.find("standard output") != std::string::npos)
            << when << ": names no file: " << ended.error_output;
      }
      ASSERT_NO_FATAL_FAILURE(after(when));
    }
    std::printf("%zu failing calls, %d reported\n", calls.size(), reported);
  }
};

TEST_F(FailingRenamesTest, ALibraryInOrderIsOnlyAnotherRunAway) {
  Untidy library;
  const auto calls = calls_to_fail(library.command(), library.db, library.log);
  library.store = library.open();
  ASSERT_TRUE(library.names().renames.empty()) << "the program did not rename";
  library.close();
  ASSERT_NO_FATAL_FAILURE(library.take_back("before any failure"));
  const std::string top = library.dir.path().native();
  fail_at_each(calls, library.command(), top, library.log, [&](const std::string& when) {
    ASSERT_EQ(test::contents({library.root}), library.files) << when;
    ASSERT_NO_FATAL_FAILURE(library.finish(when));
    ASSERT_NO_FATAL_FAILURE(library.take_back(when));
  });
}

TEST_F(FailingRenamesTest, AKeeperAtItsLosersPlaceCanBeTakenBack) {
  test::ManyGroups library(12);
  const std::vector<std::string> command{
      ECHOFOLD_PROGRAM, "--db", library.db(), "--threads", "1", "-q", "apply", library.plan(), "--keep-path"};
  const auto take_back = [&](const std::string& when) {
    Store store = library.open();
    recover(store);
    library.expect_nothing_lost_or_doubled(when + ", recovered");
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(store, when));
    library.expect_as_before(when);
    library.expect_store_agrees(store, when);
    const Snapshot snapshot = store.snapshot();
    for (const PlanGroup& group : library.groups())
      ASSERT_EQ(snapshot.track(group.keep.track.id).value().path, group.keep.track.path) << when;
  };
  const auto calls = calls_to_fail(command, library.db(), library.log());
  for (const PlanGroup& group : library.groups())
    ASSERT_FALSE(test::exists(group.keep.track.path)) << group.keep.track.path;
  ASSERT_NO_FATAL_FAILURE(take_back("before any failure"));
  fail_at_each(calls, command, library.top(), library.log(), [&](const std::string& when) {
    ASSERT_NO_FATAL_FAILURE(library.expect_nothing_lost_or_doubled(when));
    ASSERT_NO_FATAL_FAILURE(take_back(when));
  });
}

}  // namespace
}  // namespace echofold::fault_failing_renames_test
