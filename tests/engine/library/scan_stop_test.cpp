// Scans that do not finish.
#include "engine/library/scan.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "tests/engine/library/scan_support.h"

namespace echofold::library_scan_stop_test {
namespace {

namespace fs = std::filesystem;
using test::ScanTest;

/// While this exists, no file can grow beyond this size: to the store it looks like a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(ScanTest, StopsSoonAndResumes) {
  for (unsigned i = 0; i < 40; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  write_music("gone.wav", 99, 3);
  scan_paths({at("gone.wav")});
  fs::remove(at("gone.wav"));
  std::stop_source stop;
  ScanEvents events;
  std::uint64_t done = 0;
  events.file = [&](const FileReport&) {
    if (++done == 3) stop.request_stop();
  };
  const ScanSummary first = scan(store_, {music().string()}, settings_, events, stop.get_token());
  EXPECT_TRUE(first.interrupted);
  EXPECT_EQ(first.missing, 0u);
  EXPECT_GE(first.fingerprinted, 3u);
  EXPECT_EQ(store_.snapshot().track_count(), first.fingerprinted + 1) << "what is done is kept";
  const ScanSummary second = scan_music();
  EXPECT_EQ(second.unchanged, first.fingerprinted);
  EXPECT_EQ(second.fingerprinted + second.unchanged, 40u);
  EXPECT_EQ(second.missing, 1u);
}

TEST_F(ScanTest, AFullDiskEndsTheScanAndLosesNothing) {
  write_music("first.wav", 100, 3);
  scan_music();
  for (unsigned i = 0; i < 20; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  settings_.batch_tracks = 4;
  {
    const FileSizeLimit full(fs::file_size(dir_ / "db/data.mdb"));
    try {
      scan_music();
      FAIL() << "wrote beyond the limit";
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::full) << e.what();
    }
  }
  EXPECT_TRUE(record("first.wav"));
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.fingerprinted + summary.unchanged, 21u);
  EXPECT_EQ(summary.failed, 0u);
}

}  // namespace
}  // namespace echofold::library_scan_stop_test
