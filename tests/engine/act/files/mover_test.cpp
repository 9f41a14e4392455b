// One move, by every means: bytes, time and mode arrive, nothing is overwritten, a failure leaves all as
// it was.
#include "engine/act/files/mover.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <csignal>

#include "engine/act/files/make_folder.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"

namespace echofold::files_mover_test {
namespace {

using test::OtherFileSystem;
using test::TempDir;

std::string big_bytes() {
  std::string bytes;
  for (int i = 0; bytes.size() < (std::size_t{2} << 20) + 77; ++i) bytes += std::to_string(i * 7919) + ",";
  return bytes;
}

class MoverTest : public testing::TestWithParam<Means> {
 protected:
  MoverTest() {
    std::filesystem::create_directories(dir / "a");
    std::filesystem::create_directories(dir / "b");
  }

  MoveOrder order(const std::string& from, const std::string& to) const {
    MoveOrder order{(dir / from).native(), (dir / to).native(), {}, part_name("run", 1)};
    order.stamp = test::stamp(order.from);
    order.first = GetParam();
    return order;
  }

  Fault fault_of(const MoveOrder& order) const {
    try {
      move_file(order);
    } catch (const Error& e) {
      return e.fault();
    }
    ADD_FAILURE() << "moved";
    return Fault::usage;
  }

  TempDir dir;
};

TEST_P(MoverTest, BytesTimeModeAndAttributesArrive) {
  const std::string bytes = big_bytes();
  test::write_file(dir / "a/x.mp3", bytes);
  chmod((dir / "a/x.mp3").c_str(), 0640);
  const bool has_attributes = setxattr((dir / "a/x.mp3").c_str(), "user.mood", "calm", 4, 0) == 0;
  test::set_mtime(dir / "a/x.mp3", 1'234'567'890, 987'654'321);
  const auto wanted = order("a/x.mp3", "b/y.mp3");
  const Stamp left = move_file(wanted);

  EXPECT_FALSE(test::exists(wanted.from));
  EXPECT_TRUE(test::read_file(wanted.to) == bytes);
  EXPECT_EQ(left, test::stamp(wanted.to));
  EXPECT_EQ(left.mtime_ns, 1'234'567'890'987'654'321);
  EXPECT_EQ(look_at(wanted.to)->st_mode & 07777u, 0640u);
  if (has_attributes) {
    char value[8] = {};
    EXPECT_EQ(getxattr(wanted.to.c_str(), "user.mood", value, sizeof value), 4);
    EXPECT_STREQ(value, "calm");
  }
  EXPECT_EQ(test::tree(dir.path()).size(), 4u) << "no temporary file is left";
}

TEST_P(MoverTest, NeverOverAnything) {
  test::write_file(dir / "a/x.mp3", "mine");
  test::write_file(dir / "b/file", "theirs");
  std::filesystem::create_directory(dir / "b/folder");
  std::filesystem::create_symlink("nowhere", dir / "b/link");
  std::filesystem::create_hard_link(dir / "a/x.mp3", dir / "b/same");
  const auto before = test::tree(dir.path());
  for (const char* taken : {"b/file", "b/folder", "b/link", "b/same", "a/x.mp3"})
    EXPECT_EQ(fault_of(order("a/x.mp3", taken)), Fault::changed) << taken;
  EXPECT_EQ(test::tree(dir.path(), true), before);
}

TEST_P(MoverTest, OnlyTheExpectedFile) {
  test::write_file(dir / "a/x.mp3", "0123456789");
  auto wanted = order("a/x.mp3", "b/x.mp3");
  for (int what = 0; what < 4; ++what) {
    auto other = wanted;
    if (what == 0) ++other.stamp.size_bytes;
    if (what == 1) ++other.stamp.mtime_ns;
    if (what == 2) ++other.stamp.inode;
    if (what == 3) ++other.stamp.device;
    EXPECT_EQ(fault_of(other), Fault::changed) << what;
  }
  std::filesystem::rename(dir / "a/x.mp3", dir / "a/real.mp3");
  EXPECT_EQ(fault_of(wanted), Fault::missing);
  std::filesystem::create_symlink("real.mp3", dir / "a/x.mp3");
  EXPECT_EQ(fault_of(wanted), Fault::changed);
  EXPECT_FALSE(test::exists(wanted.to));
}

TEST_P(MoverTest, NeverThroughALink) {
  test::write_file(dir / "a/x.mp3", "x");
  std::filesystem::create_directory_symlink("a", dir / "link");
  std::filesystem::create_directory_symlink("b", dir / "link2");
  auto wanted = order("a/x.mp3", "link2/x.mp3");
  EXPECT_EQ(fault_of(wanted), Fault::changed);
  wanted = order("a/x.mp3", "b/x.mp3");
  wanted.from = (dir / "link/x.mp3").native();
  EXPECT_EQ(fault_of(wanted), Fault::changed);
  wanted.from = (dir / "b").native() + "/../a/x.mp3";
  EXPECT_EQ(fault_of(wanted), Fault::usage);
  EXPECT_TRUE(test::exists(dir / "a/x.mp3"));
}

TEST_P(MoverTest, OddNames) {
  for (const std::string& name :
       {std::string("new\nline"), std::string("-rf"), std::string("it's \"so\""), std::string("\xff\xfe.mp3"),
        std::string(255, 'n'), std::string(" "), std::string("*")}) {
    test::write_file(dir.path() / "a" / name, name);
    move_file(order(std::string("a/").append(name), std::string("b/").append(name)));
    EXPECT_EQ(test::read_file(dir.path() / "b" / name), name);
    EXPECT_FALSE(test::exists(dir.path() / "a" / name));
  }
}

TEST_P(MoverTest, AnEmptyFile) {
  test::write_file(dir / "a/x", "");
  move_file(order("a/x", "b/x"));
  EXPECT_TRUE(test::exists(dir / "b/x"));
  EXPECT_FALSE(test::exists(dir / "a/x"));
}

TEST_P(MoverTest, AFolderThatIsGone) {
  test::write_file(dir / "a/x", "x");
  const auto before = test::tree(dir.path());
  EXPECT_EQ(fault_of(order("a/x", "c/x")), Fault::missing);
  EXPECT_EQ(test::tree(dir.path()), before);
}

TEST_P(MoverTest, APathBeyondPathMax) {
  // Folders are opened part by part, so the length of the whole path does not matter.
  std::string deep = (dir / "b").native();
  for (int i = 0; i < 20; ++i) {
    const std::string parent = deep;
    deep.append("/").append(250, 'd');
    make_folder(deep, parent);
  }
  test::write_file(dir / "a/x", "x");
  MoveOrder wanted = order("a/x", "b/x");
  wanted.to = deep + "/x";
  move_file(wanted);
  EXPECT_TRUE(look_at(deep + "/x"));
  EXPECT_FALSE(test::exists(dir / "a/x"));
}

TEST_P(MoverTest, AFolderThatMayNotBeWritten) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
  test::write_file(dir / "a/x", "x");
  chmod(dir.path().c_str(), 0755);
  const auto before = test::tree(dir.path());
  const auto wanted = order("a/x", "b/x");
  // As another user in a child: root is not bound by permissions.
  const pid_t child = fork();
  if (child == 0) {
    if (setgid(65534) != 0 || setuid(65534) != 0) _exit(9);
    try {
      move_file(wanted);
      _exit(1);
    } catch (const Error& e) {
      _exit(e.fault() == Fault::permission ? 0 : 2);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(test::tree(dir.path()), before);
}

TEST_P(MoverTest, AFileThatMayNotLeaveItsFolder) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
  // The target may be written, the source folder not: whatever the means made there must go again.
  test::write_file(dir / "a/x", "x");
  chmod(dir.path().c_str(), 0755);
  chmod((dir / "a/x").c_str(), 0666);
  chmod((dir / "b").c_str(), 0777);
  const auto before = test::tree(dir.path(), false);
  const auto wanted = order("a/x", "b/x");
  const pid_t child = fork();
  if (child == 0) {
    if (setgid(65534) != 0 || setuid(65534) != 0) _exit(9);
    try {
      move_file(wanted);
      _exit(1);
    } catch (const Error& e) {
      _exit(e.fault() == Fault::permission ? 0 : 2);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(test::tree(dir.path(), false), before);
}

std::string name_of_means(const testing::TestParamInfo<Means>& info) {
  constexpr const char* names[] = {"rename", "link", "copy", "placeholder"};
  return names[static_cast<std::size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(EveryMeans, MoverTest,
                         testing::Values(Means::rename, Means::link, Means::copy, Means::placeholder),
                         name_of_means);

TEST(CrossDeviceTest, ThereAndBackAgain) {
  const TempDir dir;
  const OtherFileSystem other(dir.path().native());
  if (!other) GTEST_SKIP() << "there is no other file system";
  const std::string here = (dir / "x.mp3").native();
  const std::string there = other.path() + "/" + std::string(255, 'x');
  const std::string bytes = big_bytes();
  test::write_file(here, bytes);
  chmod(here.c_str(), 0604);
  test::set_mtime(here, 1'000'000'000, 1);
  const auto before = test::tree(dir.path().native(), false);

  const Stamp left = move_file({here, there, test::stamp(here), part_name("run", 1)});
  EXPECT_FALSE(test::exists(here));
  EXPECT_TRUE(test::read_file(there) == bytes);
  EXPECT_NE(left.device, 0u);
  move_file({there, here, left, part_name("run", 1)});
  EXPECT_EQ(test::tree(dir.path().native(), false), before);
  EXPECT_TRUE(std::filesystem::is_empty(other.path()));
}

TEST(CrossDeviceTest, AFullDiskLeavesTheFileAlone) {
  const TempDir dir;
  const OtherFileSystem other(dir.path().native());
  if (!other) GTEST_SKIP() << "there is no other file system";
  const std::string here = (dir / "x.mp3").native();
  test::write_file(here, big_bytes());
  const MoveOrder order{here, other.path() + "/x", test::stamp(here), part_name("run", 1)};
  const auto before = test::tree(dir.path().native());
  const pid_t child = fork();
  if (child == 0) {
    // A limit on file size fails a write as a full disk does.
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      move_file(order);
      _exit(1);
    } catch (const Error& e) {
      _exit(e.fault() == Fault::full ? 0 : 2);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(test::tree(dir.path().native()), before);
  EXPECT_TRUE(std::filesystem::is_empty(other.path())) << "the half copy is gone";
}

}  // namespace
}  // namespace echofold::files_mover_test
