// The home folder in paths, and what was meant by a path that is not there.
#include "tools/given_paths.h"

#include <gtest/gtest.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "index/base/error.h"
#include "tests/support/temp_dir.h"

namespace echofold::tools_given_paths_test {
namespace {

namespace fs = std::filesystem;

class GivenPathsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("HOME", dir_.path().c_str(), 1);
    fs::create_directories(dir_ / "Music/Albums");
    std::ofstream(dir_ / "Music/song.flac") << "x";
  }
  std::string at(const std::string& name) const { return (dir_ / name).string(); }
  /// What is said of them; empty: all is well.
  static std::string complaint(Options options, bool known = false) {
    expand_home(options);
    try {
      require_given_paths(options, [&](const std::string&) { return known; });
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
      return e.what();
    }
    return {};
  }
  static Options of(const std::string& verb, const std::string& path) {
    Options options;
    options.verb = verb;
    options.paths = {path};
    return options;
  }
  test::TempDir dir_;
};

TEST_F(GivenPathsTest, TildeIsTheHomeFolder) {
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

TEST_F(GivenPathsTest, EveryPathIsExpanded) {
  Options options;
  for (std::string* path : {&options.db, &options.dups, &options.into, &options.files_from, &options.input,
                            &options.labels, &options.html, &options.relative})
    *path = "~/x";
  options.paths = options.protect = options.watch_paths = {"/y", "~/x"};
  options.exclude = {"~/x"};
  expand_home(options);
  for (const std::string* path : {&options.db, &options.dups, &options.into, &options.files_from,
                                  &options.input, &options.labels, &options.html, &options.relative})
    EXPECT_EQ(*path, at("x"));
  for (const auto* paths : {&options.paths, &options.protect, &options.watch_paths})
    EXPECT_EQ(*paths, (std::vector<std::string>{"/y", at("x")}));
  EXPECT_EQ(options.exclude, std::vector<std::string>{"~/x"}) << "a glob is no path";
}

TEST_F(GivenPathsTest, ASlipIsToldWithTheNearestNameAsItWasTyped) {
  EXPECT_EQ(complaint(of("scan", "~/Musc/Albums")),
            "no such file or folder: ~/Musc/Albums (did you mean `~/Music/Albums`?)");
  EXPECT_EQ(complaint(of("organize", at("Musik"))),
            "no such file or folder: " + at("Musik") + " (did you mean `" + at("Music") + "`?)");
  EXPECT_EQ(complaint(of("query", "~/Music/song.flca")),
            "no such file: ~/Music/song.flca (did you mean "
            "`~/Music/song.flac`?)");
  EXPECT_EQ(complaint(of("tag", "~/Music/Q")), "no such file or folder: ~/Music/Q");
  EXPECT_EQ(complaint(of("scan", "~/Misic/nothing/like/it")),
            "no such file or folder: ~/Misic/nothing/like/it (did you mean `~/Music`?)");
}

TEST_F(GivenPathsTest, WhatIsThereOrKnownIsNoSlip) {
  for (const char* verb : {"scan", "dedupe", "organize", "tag", "watch"})
    EXPECT_EQ(complaint(of(verb, "~/Music")), "") << verb;
  EXPECT_EQ(complaint(of("query", "~/Music/song.flac")), "");
  for (const char* verb : {"scan", "dedupe", "organize", "tag", "watch"})
    EXPECT_EQ(complaint(of(verb, "~/away"), true), "") << verb;
  EXPECT_NE(complaint(of("query", "~/away"), true), "") << "it is to be read now";
  EXPECT_EQ(complaint(of("apply", "-")), "");
  Options stdin_plan = of("apply", "");
  stdin_plan.input = "-";
  EXPECT_EQ(complaint(stdin_plan), "");
}

TEST_F(GivenPathsTest, AProtectedFolderIsAFolder) {
  Options options = of("plan", "");
  options.paths.clear();
  options.protect = {"~/Music/Albms"};
  options.settings = {{"protect", {}, Origin::user, "/etc/config.toml:3", false}};
  EXPECT_EQ(complaint(options),
            "`protect` of /etc/config.toml:3: no such folder: ~/Music/Albms (did you mean "
            "`~/Music/Albums`?)");
  options.protect = {"~/Music/song.flac"};
  options.settings.front().origin = Origin::flag;
  options.settings.front().where = "--protect";
  EXPECT_EQ(complaint(options), "--protect: ~/Music/song.flac is no folder");
  options.verb = "stats";
  EXPECT_EQ(complaint(options), "") << "a verb that has no use for it";
}

}  // namespace
}  // namespace echofold::tools_given_paths_test
