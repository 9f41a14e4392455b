// The daemon's loop with real folders and inotify: what it scans, and when.
#include "tools/stages/watch_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

#include "index/base/error.h"
#include "tests/support/mounts.h"
#include "tests/support/temp_dir.h"

namespace echofold::stages_watch_loop_test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class WatchLoopTest : public ::testing::Test {
 protected:
  WatchLoopTest() {
    fs::create_directory(root());
    settings_.roots = {root().string()};
    settings_.settle = 300ms;
    settings_.interval = 1h;
    work_.scan_root = [this](const std::string& path, const auto& leave) { scanned("root " + path, leave); };
    work_.scan_parts = [this](const std::vector<std::string>& paths, const auto& leave) {
      std::string all = "parts";
      for (const std::string& path : paths) all += ' ' + path;
      scanned(all, leave);
    };
    work_.follow_up = [this] { note("follow up"); };
    work_.warn = [this](const std::string& message) { note("warn " + message); };
  }
  ~WatchLoopTest() override { end(); }

  fs::path root() const { return dir_ / "music"; }
  std::string at(const std::string& name) const { return (root() / name).string(); }
  void start() {
    thread_.emplace([this](const std::stop_token& stop) { WatchLoop(settings_, work_).run(stop); });
  }
  void end() { thread_.reset(); }

  void scanned(const std::string& what, const std::function<bool(const FoundFile&)>& leave) {
    for (const FoundFile& file : walk({root().string()}).files)
      if (leave(file)) note("leaves " + file.path);
    note(what);
    std::optional<Error> fault;
    {
      const std::lock_guard lock(mutex_);
      std::swap(fault, next_fault_);
    }
    if (fault) throw *fault;
  }
  void note(const std::string& what) {
    const std::lock_guard lock(mutex_);
    log_.push_back(what);
  }
  std::vector<std::string> log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    log_.clear();
  }
  std::size_t count(const std::string& beginning) {
    const auto all = log();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const std::string& line) { return line.starts_with(beginning); }));
  }
  bool comes(const std::string& beginning, std::size_t times = 1) {
    for (int i = 0; i < 500; ++i) {
      if (count(beginning) >= times) return true;
      std::this_thread::sleep_for(10ms);
    }
    for (const std::string& line : log()) ADD_FAILURE() << "only: " << line;
    return false;
  }

  test::TempDir dir_;
  WatchSettings settings_;
  WatchWork work_;
  std::mutex mutex_;
  std::vector<std::string> log_;
  std::optional<Error> next_fault_;
  std::optional<std::jthread> thread_;
};

TEST_F(WatchLoopTest, ScansAllAtTheStartThenWhatChanged) {
  start();
  ASSERT_TRUE(comes("root " + root().string()));
  ASSERT_TRUE(comes("follow up"));
  std::ofstream(at("a.mp3")) << "x";
  ASSERT_TRUE(comes("parts " + at("a.mp3")));
  ASSERT_TRUE(comes("follow up", 2));
  fs::create_directory(root() / "sub");
  std::ofstream(at("sub/b.mp3")) << "x";
  ASSERT_TRUE(comes("parts " + at("sub")));
  clear();
  fs::remove(at("sub/b.mp3"));
  ASSERT_TRUE(comes("parts " + at("sub")));
  EXPECT_EQ(count("root"), 0u);
}

TEST_F(WatchLoopTest, ManyChangesAreOneScan) {
  start();
  ASSERT_TRUE(comes("follow up"));
  fs::create_directory(root() / "many");
  for (int i = 0; i < 2000; ++i) std::ofstream(at("many/" + std::to_string(i) + ".mp3")) << "x";
  ASSERT_TRUE(comes("parts"));
  std::this_thread::sleep_for(1s);
  EXPECT_LE(count("parts"), 2u);
  EXPECT_EQ(count("parts " + at("many")), count("parts"));
}

TEST_F(WatchLoopTest, ASlowWriterIsLeftAloneUntilItIsDone) {
  start();
  ASSERT_TRUE(comes("follow up"));
  std::ofstream file(at("slow.mp3"));
  for (int i = 0; i < 8; ++i) {
    file << "more" << std::flush;
    std::this_thread::sleep_for(100ms);
  }
  std::this_thread::sleep_for(600ms);  // longer than settle: it is open all the same
  EXPECT_EQ(count("parts"), 0u);
  file.close();
  EXPECT_TRUE(comes("parts " + at("slow.mp3")));
}

TEST_F(WatchLoopTest, AYoungFileOfTheFirstScanIsLookedAtAgain) {
  std::ofstream(at("young.mp3")) << "x";
  start();
  ASSERT_TRUE(comes("leaves " + at("young.mp3")));
  EXPECT_TRUE(comes("parts " + at("young.mp3")));
}

TEST_F(WatchLoopTest, TroubleIsToldOnceAndTriedAgain) {
  start();
  ASSERT_TRUE(comes("follow up"));
  clear();
  {
    const std::lock_guard lock(mutex_);
    next_fault_ = Error(Fault::locked, "another run has it");
  }
  std::ofstream(at("a.mp3")) << "x";
  ASSERT_TRUE(comes("warn changes: another run has it"));
  EXPECT_TRUE(comes("parts " + at("a.mp3"), 2));
  EXPECT_TRUE(comes("follow up"));
}

TEST_F(WatchLoopTest, EachTroubleIsToldOnceWhileOthersComeAndGo) {
  work_.follow_up = [this] {
    note("follow up");
    if (count("follow up") < 4) throw Error(Fault::locked, "another run has it");
  };
  start();
  ASSERT_TRUE(comes("follow up", 1));
  for (const char* name : {"a.mp3", "b.mp3"}) {
    std::ofstream(at(name)) << "x";
    ASSERT_TRUE(comes("parts " + at(name)));  // this works, and that does not
  }
  EXPECT_TRUE(comes("follow up", 4));
  EXPECT_EQ(count("warn looking for copies: another run has it"), 1u);
}

TEST_F(WatchLoopTest, WhatFollowsAScanIsTriedAgain) {
  work_.follow_up = [this] {
    note("follow up");
    if (count("follow up") == 1) throw Error(Fault::locked, "another run has it");
  };
  start();
  EXPECT_TRUE(comes("follow up", 2));
  EXPECT_EQ(count("root"), 1u);
  EXPECT_EQ(count("warn looking for copies: another run has it"), 1u);
}

TEST_F(WatchLoopTest, APartThatLostTooMuchIsJudgedByItsRoot) {
  start();
  ASSERT_TRUE(comes("follow up"));
  clear();
  {
    const std::lock_guard lock(mutex_);
    next_fault_ = Error(Fault::guard, "12 of 12 have vanished");
  }
  std::ofstream(at("a.mp3")) << "x";
  EXPECT_TRUE(comes("root " + root().string()));
}

TEST_F(WatchLoopTest, AllIsScannedAgainAfterTheInterval) {
  settings_.interval = 500ms;
  start();
  EXPECT_TRUE(comes("root", 3));
}

TEST_F(WatchLoopTest, AFolderThatIsNotThereYetIsScannedWhenItComes) {
  fs::remove(root());
  start();
  ASSERT_TRUE(comes("warn " + root().string() + " is away"));
  EXPECT_EQ(count("root"), 0u);
  fs::create_directory(root());
  EXPECT_TRUE(comes("root"));
  std::ofstream(at("a.mp3")) << "x";
  EXPECT_TRUE(comes("parts"));
}

TEST_F(WatchLoopTest, AMountThatComesAndGoesIsScannedAnew) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  start();
  ASSERT_TRUE(comes("follow up"));
  clear();
  {
    const test::Mount disk = test::Mount::in_memory(root(), "1M");
    ASSERT_TRUE(comes("root"));
    std::ofstream(at("on_disk.mp3")) << "x";
    ASSERT_TRUE(comes("parts " + at("on_disk.mp3")));
    clear();
  }
  EXPECT_TRUE(comes("root"));
}

}  // namespace
}  // namespace echofold::stages_watch_loop_test
