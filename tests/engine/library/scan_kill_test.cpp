// A scan is killed with SIGKILL at random moments: what it had reported is in the library, and the library is intact.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "engine/library/scan.h"
#include "index/base/error.h"
#include "index/store/store.h"
#include "tests/engine/library/files.h"
#include "tests/support/temp_dir.h"

namespace echofold::library_scan_kill_test {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

constexpr unsigned file_count = 24;

class ScanKillTest : public testing::Test {
 protected:
  void SetUp() override {
    for (unsigned n = 0; n < file_count; ++n) test::write_music(music / (std::to_string(n) + ".wav"), n, 5);
  }

  /// Changes some files, so that a scan always has something to do.
  void change_some(std::mt19937_64& random) {
    for (unsigned n = 0; n < file_count; ++n)
      if (random() % 2 == 0) {
        const fs::path file = music / (std::to_string(n) + ".wav");
        test::set_mtime(file, ++last_time);
        times[file.string()] = last_time;
      }
  }

  /// A child that scans and writes the path of each report to a pipe. Kills it after `delay`, unless it has ended.
  /// @return the reported paths
  std::set<std::string> killed_scan(microseconds delay, bool& was_killed) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("pipe failed");
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      Store store = Store::open(db, {std::size_t{1} << 20});
      ScanSettings settings;
      settings.batch_tracks = 3;
      const auto report = [&](const FileReport& file) {
        const std::string line = file.path + '\n';
        if (write(ends[1], line.data(), line.size()) < 0) _exit(1);
      };
      const ScanSummary done = scan(store, {music.string()}, settings, {report, {}});
      _exit(done.failed == 0 ? 0 : 1);
    }
    close(ends[1]);
    std::this_thread::sleep_for(delay);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    was_killed = WIFSIGNALED(status);
    EXPECT_TRUE(was_killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
        << "ended on its own: " << status;
    std::string text;
    char block[4096];
    for (ssize_t n; (n = read(ends[0], block, sizeof block)) > 0;)
      text.append(block, static_cast<std::size_t>(n));
    close(ends[0]);
    std::set<std::string> reported;
    for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
      reported.insert(text.substr(at, end - at));
    return reported;
  }

  void expect_kept(const std::set<std::string>& reported) {
    try {
      check_library(db);
    } catch (const Error& e) {
      // Killed before the first commit: there may be a file, but no library yet.
      if (e.fault() != Fault::no_database) throw;
      EXPECT_TRUE(reported.empty());
      return;
    }
    const Store store = Store::open_to_read(db);
    const Snapshot snapshot = store.snapshot();
    for (const std::string& path : reported) {
      const auto id = snapshot.find_path(path);
      ASSERT_TRUE(id) << path << " was reported and is not there";
      const auto record = snapshot.track(*id);
      EXPECT_EQ(record->stamp.mtime_ns, times.count(path) ? times[path] : test::mtime_of(path)) << path;
      EXPECT_EQ(hash_items(snapshot.items(*id)), record->items_hash) << path;
    }
  }

  test::TempDir temp{access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path()};
  fs::path music = temp / "music", db = temp / "db";
  std::map<std::string, std::int64_t> times;
  std::int64_t last_time = 1'700'000'000'000'000'000;
};

TEST_F(ScanKillTest, WhatWasToldIsKeptAndNothingIsHalfWritten) {
  const char* wanted = std::getenv("ECHOFOLD_KILLS");
  const long kills = wanted != nullptr ? std::atol(wanted) : 30;
  std::mt19937_64 random(1);
  long killed = 0, amid = 0, round = 0;
  microseconds longest{30'000};
  for (; (killed < kills || amid < kills / 5) && round < 8 * kills && !HasFatalFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    if (round % 10 == 9) fs::remove_all(db);  // the first commits are tested too
    change_some(random);
    bool was_killed = false;
    const auto reported = killed_scan(
        microseconds(1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(longest.count()))),
        was_killed);
    expect_kept(reported);
    killed += was_killed;
    amid += was_killed && !reported.empty();
    // Adapts the delay to the machine: most kills should happen during writing.
    if (!was_killed)
      longest = longest * 9 / 10;
    else if (reported.empty())
      longest = std::min(longest * 23 / 20, microseconds(2'000'000));
  }
  std::printf("%ld of %ld scans killed, %ld of them after their first report\n", killed, round, amid);
  EXPECT_GE(killed, kills);
  EXPECT_GE(amid, kills / 5);
}

}  // namespace
}  // namespace echofold::library_scan_kill_test
