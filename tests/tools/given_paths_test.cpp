// The message for a path that does not exist, and the suggestion in it.
#include "tools/given_paths.h"

#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "index/base/error.h"
#include "tests/support/temp_dir.h"
#include "tools/home_path.h"

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
  /// The message about them; empty: there is none.
  template <class Verb>
  static std::string complaint(const Verb& options, bool known = false) {
    try {
      require_given_paths(options, [&](const std::string&) { return known; });
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
      return e.what();
    }
    return {};
  }
  /// The options of a verb that takes this path as PATH.
  template <class Verb>
  static Verb of(std::string path) {
    Verb options;
    expand_home(path, options.typed_paths);
    if constexpr (requires { options.paths; }) options.paths = {path};
    if constexpr (requires { options.file; }) options.file = path;
    return options;
  }
  template <class... Verbs>
  static void expect_no_complaint(const std::string& path, bool known = false) {
    const std::string complaints[] = {complaint(of<Verbs>(path), known)...};
    for (const std::string& one : complaints) EXPECT_EQ(one, "");
  }
  test::TempDir dir_;
};

TEST_F(GivenPathsTest, ASlipIsToldWithTheNearestNameAsItWasTyped) {
  EXPECT_EQ(complaint(of<ScanOptions>("~/Musc/Albums")),
            "no such file or folder: ~/Musc/Albums (did you mean `~/Music/Albums`?)");
  EXPECT_EQ(complaint(of<OrganizeOptions>(at("Musik"))),
            "no such file or folder: " + at("Musik") + " (did you mean `" + at("Music") + "`?)");
  EXPECT_EQ(complaint(of<QueryOptions>("~/Music/song.flca")),
            "no such file: ~/Music/song.flca (did you mean "
            "`~/Music/song.flac`?)");
  EXPECT_EQ(complaint(of<TagOptions>("~/Music/Q")), "no such file or folder: ~/Music/Q");
  EXPECT_EQ(complaint(of<ScanOptions>("~/Misic/nothing/like/it")),
            "no such file or folder: ~/Misic/nothing/like/it (did you mean `~/Music`?)");
}

TEST_F(GivenPathsTest, WhatIsThereOrKnownIsNoSlip) {
  expect_no_complaint<ScanOptions, DedupeOptions, OrganizeOptions, TagOptions, WatchOptions>("~/Music");
  EXPECT_EQ(complaint(of<QueryOptions>("~/Music/song.flac")), "");
  expect_no_complaint<ScanOptions, DedupeOptions, OrganizeOptions, TagOptions, WatchOptions>("~/away", true);
  EXPECT_NE(complaint(of<QueryOptions>("~/away"), true), "") << "it is to be read now";
  ApplyOptions stdin_plan;
  stdin_plan.input = "-";
  EXPECT_EQ(complaint(stdin_plan), "");
}

TEST_F(GivenPathsTest, AProtectedFolderIsAFolder) {
  PlanOptions options;
  const auto protect = [&](std::string folder) {
    expand_home(folder, options.typed_paths);
    options.protect = {folder};
  };
  protect("~/Music/Albms");
  options.config.settings = {{"protect", {}, Origin::user, "/etc/config.toml:3", false}};
  EXPECT_EQ(complaint(options),
            "`protect` of /etc/config.toml:3: no such folder: ~/Music/Albms (did you mean "
            "`~/Music/Albums`?)");
  protect("~/Music/song.flac");
  options.config.settings.front().origin = Origin::flag;
  options.config.settings.front().where = "--protect";
  EXPECT_EQ(complaint(options), "--protect: ~/Music/song.flac is not a folder");
  StatsOptions stats;
  stats.protect = options.protect;
  EXPECT_EQ(complaint(stats), "") << "a verb that does not use it";
}

}  // namespace
}  // namespace echofold::tools_given_paths_test
