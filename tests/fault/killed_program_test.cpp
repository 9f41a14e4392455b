// The program is killed at its system calls while it applies or undoes a plan of 200 groups. A kill leaves the disk
// as the calls before it made it, so killing at every call that can change something covers every state.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/fault/fault_share.h"
#include "tests/fault/many_groups.h"
#include "tests/fault/traced_test.h"

#include "engine/act/recovery/recover.h"

namespace echofold::fault_killed_program_test {
namespace {

using test::Call;

constexpr int group_count = 200;

/// Calls that can change a file or a folder.
const std::vector<std::string> changing_calls{
    "openat", "write",    "writev", "pwrite64", "pwritev",  "ftruncate", "renameat2", "renameat",
    "rename", "linkat",   "link",   "unlinkat", "unlink",   "rmdir",     "mkdirat",   "mkdir",
    "fchmod", "fchmodat", "chmod",  "fchown",   "fchownat", "utimensat", "fsetxattr"};
/// Calls after which nothing looks different: only a few of them are tested.
const std::vector<std::string> flushing_calls{"fsync", "fdatasync", "fallocate", "msync"};
constexpr std::size_t flushes_left_out = 13;

bool changes_nothing(const Call& call) {
  return call.name == "openat" && call.text.find("O_CREAT") == std::string::npos;
}

/// Every call of `command` that changes the disk, and some of those that make changes durable.
std::vector<Call> calls_to_kill_at(const std::vector<std::string>& command, const test::ManyGroups& library) {
  auto names = changing_calls;
  names.insert(names.end(), flushing_calls.begin(), flushing_calls.end());
  std::vector<Call> calls;
  std::size_t flushes = 0;
  for (Call& call : test::calls_of(command, names, library.db(), library.log())) {
    const bool flush = std::count(flushing_calls.begin(), flushing_calls.end(), call.name) > 0;
    if (!changes_nothing(call) && (!flush || flushes++ % flushes_left_out == 0))
      calls.push_back(std::move(call));
  }
  return calls;
}

/// Part of the work of a test: CTest runs the parts in parallel.
struct Part {
  const char* verb;
  bool across;  ///< the set-aside folder is on another file system
  int groups;
  int index, of;
};

/// For the names that CTest shows.
void PrintTo(const Part& part, std::ostream* out) {
  *out << part.verb << " " << part.index + 1 << " of " << part.of;
}

class KilledProgramTest : public test::TracedTest, public testing::WithParamInterface<Part> {
 protected:
  std::vector<std::string> command(const test::ManyGroups& library) const {
    std::vector<std::string> words{ECHOFOLD_PROGRAM, "--db", library.db(), "--threads", "1", "-q",
                                   GetParam().verb};
    if (applies()) words.push_back(library.plan());
    if (applies() && GetParam().across)
      words.insert(words.end(), {"--dups", library.settings().set_aside_dir});
    return words;
  }
  bool applies() const { return std::string_view(GetParam().verb) == "apply"; }

  /// Creates what must exist before the program is killed: for undo, a whole run.
  void prepare(test::ManyGroups& library) const {
    if (applies()) return;
    Store store = library.open();
    apply(store, {store.library_id(), library.groups()}, library.settings());
  }

  /// The calls at which this part kills.
  std::vector<Call> places_to_kill(test::ManyGroups& library) const {
    prepare(library);
    const std::vector<Call> all = calls_to_kill_at(command(library), library);
    {
      Store store = library.open();
      test::take_all_back(store, "before any kill");
    }
    library.plan_again();
    std::vector<Call> mine;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i % static_cast<std::size_t>(GetParam().of) == static_cast<std::size_t>(GetParam().index))
        mine.push_back(all[i]);
    return test::share(mine, 12);
  }

  /// Recovery is also killed, each time at another call; then it finishes, and has nothing left to do.
  void recover_killed_and_whole(test::ManyGroups& library, std::size_t number, const std::string& when) {
    static const std::vector<std::string> names{"pwrite64",  "fdatasync", "unlinkat",
                                                "ftruncate", "fsync",     "openat"};
    const Call call{names[number % names.size()], static_cast<long>(1 + number / names.size() % 9), ""};
    const auto killed = test::run_killed({ECHOFOLD_RECOVER, library.db()}, call, library.log());
    ASSERT_TRUE(killed.signal == SIGKILL || killed.code == 0)
        << when << ", recovery: " << killed.error_output;
    recoveries_killed_ += killed.signal == SIGKILL ? 1 : 0;
    Store store = library.open();
    recover(store);
    library.expect_nothing_lost_or_doubled(when + ", recovered");
    const auto picture = test::tree(library.top());
    ASSERT_EQ(recover(store), 0u) << when;
    auto again = test::tree(library.top());
    ASSERT_EQ(again, picture) << when << ": recovered once more";
    test::take_all_back(store, when);
    library.expect_as_before(when);
    library.expect_store_agrees(store, when);
  }

  int recoveries_killed_ = 0;
};

TEST_P(KilledProgramTest, NothingIsMissingOrDoubled) {
  test::ManyGroups library(GetParam().groups);
  const test::OtherPlace other(library.top());
  if (GetParam().across && !other) GTEST_SKIP() << "there is no other file system";
  if (GetParam().across) library.set_aside_in(other.path() + "/dups");
  const auto calls = places_to_kill(library);
  ASSERT_FALSE(calls.empty());
  std::size_t kills = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    prepare(library);
    const std::string when = "killed at " + calls[i].name + " number " + std::to_string(calls[i].nth);
    const auto ended = test::run_killed(command(library), calls[i], library.log());
    kills += ended.signal == SIGKILL ? 1 : 0;
    ASSERT_TRUE(ended.signal == SIGKILL || ended.code == 0) << when << ": " << ended.error_output;
    ASSERT_NO_FATAL_FAILURE(recover_killed_and_whole(library, i, when));
    if (GetParam().across) library.plan_again();
  }
  // Runs differ by a call or two: through the name of a run and its random digits.
  EXPECT_GE(kills * 100, calls.size() * 95);
  std::printf("%zu kills of %s, %d of recovery\n", kills, GetParam().verb, recoveries_killed_);
}

std::string name_of_part(const testing::TestParamInfo<Part>& info) {
  return std::string(info.param.verb) + (info.param.across ? "_across_file_systems" : "") + "_" +
         std::to_string(info.param.index + 1);
}

INSTANTIATE_TEST_SUITE_P(AtEveryCall, KilledProgramTest,
                         testing::Values(Part{"apply", false, group_count, 0, 2},
                                         Part{"apply", false, group_count, 1, 2},
                                         Part{"undo", false, group_count, 0, 1},
                                         Part{"apply", true, 20, 0, 1}),
                         name_of_part);

}  // namespace
}  // namespace echofold::fault_killed_program_test
