// The home folder in paths.
#include "tools/home_path.h"

#include <gtest/gtest.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/support/temp_dir.h"

namespace echofold::tools_home_path_test {
namespace {

class HomePathTest : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("HOME", dir_.path().c_str(), 1); }
  std::string at(const std::string& name) const { return (dir_ / name).string(); }
  test::TempDir dir_;
};

TEST_F(HomePathTest, TildeIsTheHomeFolder) {
  EXPECT_EQ(with_home("~"), dir_.path().string());
  EXPECT_EQ(with_home("~/"), dir_.path().string() + "/");
  EXPECT_EQ(with_home("~/Music/a b"), at("Music/a b"));
  for (const char* path : {"", "a", "/~/a", "./~", "a~/b", "~nobody-of-this-name/a"})
    EXPECT_EQ(with_home(path), path);
  const passwd* user = ::getpwuid(::getuid());
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(with_home("~" + std::string(user->pw_name) + "/x"), std::string(user->pw_dir) + "/x");
  ::unsetenv("HOME");
  EXPECT_EQ(with_home("~/x"), std::string(user->pw_dir) + "/x");
}

TEST_F(HomePathTest, AnExpandedPathIsNotedAsItWasTyped) {
  TypedPaths typed;
  std::string path = "~/x", other = "/y";
  expand_home(path, typed);
  expand_home(other, typed);
  EXPECT_EQ(path, at("x"));
  EXPECT_EQ(other, "/y");
  EXPECT_EQ(typed, (TypedPaths{{at("x"), "~/x"}}));
}

}  // namespace
}  // namespace echofold::tools_home_path_test
