// Files that move, are linked, are replaced, vanish and return.
#include "engine/library/scan.h"
#include "index/base/fs/own_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/engine/library/scan_support.h"
#include "tests/support/open_watch.h"

namespace echofold::library_scan_changes_test {
namespace {

namespace fs = std::filesystem;
using test::OpenWatch;
using test::ScanTest;

TEST_F(ScanTest, FollowsMovedFilesWithoutReadingThem) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  const auto before = *record("a.wav");
  fs::create_directory(music() / "sub");
  fs::rename(at("a.wav"), at("sub/renamed.wav"));
  const OpenWatch watch(music() / "sub");
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_EQ(summary.unchanged, 1u);
  EXPECT_EQ(summary.missing, 0u);
  EXPECT_EQ(watch.opened_files(), 0);
  EXPECT_FALSE(record("a.wav"));
  EXPECT_EQ(record("sub/renamed.wav")->id, before.id);
  EXPECT_EQ(status("sub/renamed.wav"), FileStatus::moved);
}

TEST_F(ScanTest, KeepsAHardLinkedFileOnce) {
  write_music("b.wav", 1);
  scan_music();
  const TrackId id = record("b.wav")->id;
  fs::create_hard_link(at("b.wav"), at("a.wav"));
  EXPECT_EQ(scan_music().unchanged, 1u);
  EXPECT_EQ(record("b.wav")->link_paths, std::vector<std::string>{at("a.wav")});
  // From another folder, scanned separately.
  fs::create_directory(dir_ / "other");
  fs::create_hard_link(at("b.wav"), dir_ / "other/c.wav");
  EXPECT_EQ(scan_paths({(dir_ / "other").string()}).unchanged, 1u);
  EXPECT_EQ(record("b.wav")->link_paths,
            (std::vector<std::string>{at("a.wav"), (dir_ / "other/c.wav").string()}));
  EXPECT_EQ(scan_music().unchanged, 1u);
  EXPECT_EQ(record("b.wav")->link_paths.size(), 2u) << "what another scan saw is kept while it is true";
  // The known name is removed, the links stay: the track survives.
  fs::remove(at("b.wav"));
  EXPECT_EQ(scan_music().moved, 1u);
  EXPECT_EQ(record("a.wav")->id, id);
  EXPECT_EQ(record("a.wav")->path, at("a.wav"));
  EXPECT_EQ(store_.snapshot().track_count(), 1u);
}

TEST_F(ScanTest, ForgetsAFileReplacedByALinkOfAnother) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  fs::remove(at("b.wav"));
  fs::create_hard_link(at("a.wav"), at("b.wav"));
  scan_music();
  EXPECT_EQ(store_.snapshot().track_count(), 1u);
  EXPECT_EQ(record("b.wav")->path, at("a.wav"));
  // And back again: a link becomes a separate file.
  fs::remove(at("b.wav"));
  write_music("b.wav", 2);
  EXPECT_EQ(scan_music().fingerprinted, 1u);
  EXPECT_EQ(record("b.wav")->path, at("b.wav"));
  EXPECT_TRUE(record("a.wav")->link_paths.empty());
}

TEST_F(ScanTest, MarksVanishedTracksAndTakesThemBack) {
  for (unsigned i = 0; i < 3; ++i) write_music(std::to_string(i) + ".wav", i);
  scan_music();
  fs::rename(at("1.wav"), dir_ / "away.wav");
  EXPECT_EQ(scan_music().missing, 1u);
  EXPECT_EQ(record("1.wav")->place, TrackPlace::missing);
  EXPECT_FALSE(items(record("1.wav")->id).empty()) << "the fingerprint is kept";
  EXPECT_EQ(scan_music().missing, 0u);
  fs::rename(dir_ / "away.wav", at("1.wav"));
  const ScanSummary back = scan_music();
  EXPECT_EQ(back.unchanged, 3u);
  EXPECT_EQ(record("1.wav")->place, TrackPlace::present);
}

TEST_F(ScanTest, TakesASetAsideFileBackOnlyAtItsPlace) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  const fs::path aside = music() / set_aside_folder_name / "run";
  fs::create_directories(aside);
  fs::rename(at("b.wav"), aside / "b.wav");
  store_.write([&](Writer& writer) {
    TrackRecord track = *writer.track(*writer.find_path(at("b.wav")));
    track.place = TrackPlace::set_aside;
    track.set_aside_path = (aside / "b.wav").string();
    writer.update_track(track);
  });
  EXPECT_EQ(scan_music().missing, 0u);
  EXPECT_EQ(scan_paths({aside.string()}).moved, 0u);
  EXPECT_EQ(record("b.wav")->place, TrackPlace::set_aside);
  fs::rename(aside / "b.wav", at("b.wav"));
  EXPECT_EQ(scan_music().unchanged, 2u);
  EXPECT_EQ(record("b.wav")->place, TrackPlace::present);
  EXPECT_TRUE(record("b.wav")->set_aside_path.empty());
}

TEST_F(ScanTest, DoesNotTakeWhatIsLeftOutForVanished) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  settings_.walk.exclude_globs = {"b.*"};
  EXPECT_EQ(scan_music().missing, 0u);
  EXPECT_EQ(record("b.wav")->place, TrackPlace::present);
}

}  // namespace
}  // namespace echofold::library_scan_changes_test
