// A music folder of small files, a library next to it, and scans of the folder.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "engine/library/scan.h"
#include "index/base/error.h"
#include "tests/engine/library/files.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

class ScanTest : public ::testing::Test {
 protected:
  ScanTest() { std::filesystem::create_directory(music()); }

  std::filesystem::path music() const { return dir_ / "music"; }
  std::string at(const std::string& name) const { return (music() / name).string(); }
  void write_music(const std::string& name, unsigned seed, double seconds = 4) const {
    test::write_music(music() / name, seed, seconds);
  }

  ScanSummary scan_paths(const std::vector<std::string>& paths, std::stop_token stop = {}) {
    reports_.clear();
    ScanEvents events;
    events.file = [this](const FileReport& report) { reports_[report.path] = report; };
    return scan(store_, paths, settings_, events, stop);
  }
  ScanSummary scan_music() { return scan_paths({music().string()}); }

  std::optional<TrackRecord> record(const std::string& name) const {
    const Snapshot snapshot = store_.snapshot();
    const auto id = snapshot.find_path(at(name));
    return id ? snapshot.track(*id) : std::nullopt;
  }
  std::vector<Item> items(TrackId id) const {
    const Snapshot snapshot = store_.snapshot();
    const Items items = snapshot.items(id);
    return {items.begin(), items.end()};
  }
  FileStatus status(const std::string& name) { return reports_.at(at(name)).status; }
  std::string guard_message() {
    try {
      scan_music();
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::guard);
      return e.what();
    }
    ADD_FAILURE() << "no guard stopped the scan";
    return {};
  }

  TempDir dir_;
  Store store_ = Store::open(dir_ / "db");
  ScanSettings settings_;
  std::map<std::string, FileReport> reports_;
};

}  // namespace echofold::test
