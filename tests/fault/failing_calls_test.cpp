// The program while one of its system calls fails: it reports what failed and carries on or stops. Nothing is lost,
// the plan can be finished afterwards, and everything can be undone.
#include <gtest/gtest.h>

#include <array>
#include <cerrno>

#include "tests/fault/fault_share.h"
#include "tests/fault/many_groups.h"
#include "tests/fault/traced_test.h"

namespace echofold::fault_failing_calls_test {
namespace {

using test::Call;

constexpr std::array<int, 6> errors{ENOSPC, EIO, EINTR, EXDEV, EINVAL, EACCES};

struct Part {
  std::string name;
  std::vector<std::string> calls;  ///< those that fail
  std::size_t every;               ///< one in so many of them fails, each with another error
  bool across;                     ///< the set-aside folder is on another file system
  int groups;
};

/// For the names that CTest shows.
void PrintTo(const Part& part, std::ostream* out) { *out << part.name; }

class FailingCallsTest : public test::TracedTest, public testing::WithParamInterface<Part> {
 protected:
  static std::vector<std::string> command(const test::ManyGroups& library) {
    std::vector<std::string> words{ECHOFOLD_PROGRAM, "--db",        library.db(), "--threads", "1", "-q",
                                   "apply",          library.plan()};
    if (GetParam().across) words.insert(words.end(), {"--dups", library.settings().set_aside_dir});
    return words;
  }

  static std::vector<Call> calls_that_fail(test::ManyGroups& library) {
    const auto all = test::calls_of(command(library), GetParam().calls, library.db(), library.log());
    take_back(library, "before any failure");
    std::vector<Call> some;
    for (std::size_t i = 0; i < all.size(); i += GetParam().every) some.push_back(all[i]);
    return test::share(some, 24);
  }

  static void take_back(test::ManyGroups& library, const std::string& when) {
    {
      Store store = library.open();
      test::take_all_back(store, when);
      library.expect_as_before(when);
      library.expect_store_agrees(store, when);
    }
    if (GetParam().across) library.plan_again();
  }

  /// What failed is reported with its path, and only what could not be done is a failure.
  void expect_reported(const test::Ended& ended, const test::ManyGroups& library, const std::string& when) {
    ASSERT_EQ(ended.signal, 0) << when;
    ASSERT_TRUE(ended.code == 0 || ended.code == 1)
        << when << ": exit code " << ended.code << ": " << ended.error_output;
    if (ended.code == 0) {
      ASSERT_TRUE(library.left(library.open()).empty()) << when << ": " << ended.error_output;
      return;
    }
    ++told_;
    const auto names = [&](const std::string& what) {
      return ended.error_output.find(what) != std::string::npos;
    };
    ASSERT_TRUE(
        names(library.top()) || names(library.db()) || names("standard output") ||
        (GetParam().across && names(std::filesystem::path(library.settings().set_aside_dir).parent_path())))
        << when << ": names no file: " << ended.error_output;
  }

  /// Runs the same plan again, then a new one for groups of which only a part was moved.
  void finish(test::ManyGroups& library, const std::string& when) {
    Store store = library.open();
    apply(store, {store.library_id(), library.groups()}, library.settings());
    library.expect_nothing_lost_or_doubled(when + ", applied again");
    const auto left = library.left(store);
    fresh_ += left.empty() ? 0 : 1;
    const auto summary = apply(store, {store.library_id(), left}, library.settings());
    ASSERT_EQ(summary.skipped, 0u) << when;
    ASSERT_TRUE(library.left(store).empty()) << when;
    library.expect_nothing_lost_or_doubled(when + ", finished");
  }

  int told_ = 0, fresh_ = 0;
};

TEST_P(FailingCallsTest, NothingIsLostAndThePlanCanBeFinished) {
  test::ManyGroups library(GetParam().groups);
  const test::OtherPlace other(library.top());
  if (GetParam().across && !other) GTEST_SKIP() << "there is no other file system";
  if (GetParam().across) library.set_aside_in(other.path() + "/dups");
  const auto calls = calls_that_fail(library);
  ASSERT_FALSE(calls.empty());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const int error = errors[(i + i / errors.size()) % errors.size()];
    const std::string when = test::fault_text(calls[i], error);
    const auto ended = test::run_with_error(command(library), calls[i], error, library.log());
    ASSERT_NO_FATAL_FAILURE(expect_reported(ended, library, when));
    ASSERT_NO_FATAL_FAILURE(library.expect_nothing_lost_or_doubled(when));
    ASSERT_NO_FATAL_FAILURE(finish(library, when));
    ASSERT_NO_FATAL_FAILURE(take_back(library, when));
  }
  std::printf("%zu failing calls, %d reported, %d times a fresh plan for a part of a group\n", calls.size(),
              told_, fresh_);
}

std::vector<Part> parts() {
  const std::vector<std::string> moving{"renameat2", "renameat", "linkat", "unlinkat",
                                        "mkdirat",   "mkdir",    "fchmod", "fchown"};
  const std::vector<std::string> writing{"pwrite64",  "pwritev",   "writev", "write", "fdatasync",
                                         "fallocate", "ftruncate", "fsync",  "msync"};
  const std::vector<std::string> looking{"openat",  "newfstatat", "fstat", "read",       "pread64",
                                         "fcntl",   "flock",      "lseek", "getdents64", "statfs",
                                         "fstatfs", "readlink",   "mmap",  "close"};
  std::vector<std::string> copying = moving;
  copying.insert(copying.end(), writing.begin(), writing.end());
  copying.insert(copying.end(), {"openat", "pread64", "utimensat", "newfstatat"});
  return {{"moving", moving, 1, false, 200},
          {"writing", writing, 3, false, 200},
          {"looking", looking, 97, false, 200},
          {"copying", copying, 13, true, 20}};
}

INSTANTIATE_TEST_SUITE_P(AtEveryCall, FailingCallsTest, testing::ValuesIn(parts()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace echofold::fault_failing_calls_test
