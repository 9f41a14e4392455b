// A file and its new version trade places by each means, also while another program writes to the file.
#include "engine/act/files/swap.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>

#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/support/at_call.h"

namespace echofold::files_swap_test {
namespace {

struct SwapTest : testing::TestWithParam<SwapMeans> {
  SwapTest() {
    test::write_file(path("name"), "before");
    test::write_file(path("part"), "after");
  }

  std::string path(const std::string& name) const {
    return (std::filesystem::canonical(dir.path()) / name).native();
  }
  std::string bytes() const { return test::read_file(path("name")); }
  std::vector<std::string> all() const { return test::contents({dir.path().native()}); }

  void swap(const Stamp& stamp) const {
    const Folder folder = Folder::open(std::filesystem::canonical(dir.path()).native());
    swap_in({folder, "name", "part", "old", stamp, GetParam()});
  }

  /// Swaps in another process and does `meanwhile` when that is about to make a call for the nth time.
  /// @param words  of the error that it ends with
  void fail_while(long call, int nth, const std::string& words,
                  const std::function<void()>& meanwhile) const {
    const Stamp stamp = test::stamp(path("name"));
    const bool traced = test::at_call(
        call, nth,
        [&] {
          try {
            swap(stamp);
            ADD_FAILURE() << "no error";
          } catch (const Error& e) {
            EXPECT_EQ(e.fault(), Fault::changed);
            EXPECT_NE(std::string(e.what()).find(words), std::string::npos) << e.what();
          }
        },
        meanwhile);
    if (!traced) GTEST_SKIP() << "tracing is not allowed here";
  }

  test::TempDir dir;
};

TEST_P(SwapTest, LeavesOneFile) {
  swap(test::stamp(path("name")));
  EXPECT_EQ(bytes(), "after");
  EXPECT_EQ(all().size(), 1u);
}

TEST_P(SwapTest, LeavesAnotherFileAsItIs) {
  Stamp stamp = test::stamp(path("name"));
  ++stamp.mtime_ns;
  EXPECT_THROW(swap(stamp), Error);
  EXPECT_EQ(bytes(), "before");
  EXPECT_EQ(all().size(), 2u);
}

TEST_P(SwapTest, AFileThatIsGoneGetsNoNewVersion) {
  const Stamp stamp = test::stamp(path("name"));
  std::filesystem::remove(path("name"));
  EXPECT_THROW(swap(stamp), Error);
  EXPECT_EQ(all(), std::vector<std::string>{"after"});
}

TEST_P(SwapTest, AFileThatIsWrittenToBeforeTheRenameKeepsItsNewBytes) {
  // Without flags the C library makes the older call.
  const long rename = GetParam() == SwapMeans::link ? SYS_renameat : SYS_renameat2;
  fail_while(rename, 1, "changed by another program",
             [&] { test::write_file(path("name"), "another program's"); });
  if (IsSkipped()) return;
  EXPECT_EQ(bytes(), "another program's");
  // The version that was to come is lost with the means that had it under the name: it can be made again.
  EXPECT_FALSE(test::exists(path("old")));
}

TEST_P(SwapTest, AFileThatVanishesBeforeTheFirstStepStaysAway) {
  const long first = GetParam() == SwapMeans::link ? SYS_linkat : SYS_renameat2;
  const Stamp stamp = test::stamp(path("name"));
  const bool traced = test::at_call(
      first, 1, [&] { EXPECT_THROW(swap(stamp), Error); }, [&] { std::filesystem::remove(path("name")); });
  if (!traced) GTEST_SKIP() << "tracing is not allowed here";
  EXPECT_EQ(all(), std::vector<std::string>{"after"});
}

INSTANTIATE_TEST_SUITE_P(Means, SwapTest,
                         testing::Values(SwapMeans::exchange, SwapMeans::link, SwapMeans::rename));

using SwapByLinkTest = SwapTest;

TEST_P(SwapByLinkTest, AFileThatIsWrittenToBeforeTheLinkKeepsItsNewBytes) {
  fail_while(SYS_linkat, 1, "changed by another program",
             [&] { test::write_file(path("name"), "another program's"); });
  if (IsSkipped()) return;
  EXPECT_EQ(bytes(), "another program's");
  EXPECT_EQ(all().size(), 2u) << "the second name is gone, the new version is left to its owner";
}

INSTANTIATE_TEST_SUITE_P(Means, SwapByLinkTest, testing::Values(SwapMeans::link));

using SwapByRenameTest = SwapTest;

TEST_P(SwapByRenameTest, AFileThatTakesTheFreeNameStaysAndSoDoesTheOldVersion) {
  fail_while(SYS_renameat2, 2, "just taken its place",
             [&] { test::write_file(path("name"), "put there just now"); });
  if (IsSkipped()) return;
  EXPECT_EQ(bytes(), "put there just now");
  EXPECT_EQ(test::read_file(path("old")), "before");
}

INSTANTIATE_TEST_SUITE_P(Means, SwapByRenameTest, testing::Values(SwapMeans::rename));

}  // namespace
}  // namespace echofold::files_swap_test
