// What a scan finds in a folder, and in the same folder again.
#include "engine/library/scan.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

#include "index/base/parallel.h"
#include "tests/engine/library/scan_support.h"
#include "tests/support/open_watch.h"

namespace echofold::library_scan_test {
namespace {

namespace fs = std::filesystem;
using test::OpenWatch;
using test::ScanTest;

TEST_F(ScanTest, FingerprintsMusicAndTellsTheRest) {
  write_music("a.wav", 1, 5);
  write_music("sub/short.wav", 2, 0.5);
  test::write_bytes(music() / "silent.wav", [] {
    std::string wav = test::music_wav(1, 6);
    std::fill(wav.begin() + 44, wav.end(), '\0');
    return wav;
  }());
  test::write_bytes(music() / "text.mp3", "this is no music");
  test::write_bytes(music() / "empty.flac", "");
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.fingerprinted, 1u);
  EXPECT_EQ(summary.too_short, 1u);
  EXPECT_EQ(summary.silent, 1u);
  EXPECT_EQ(summary.failed, 2u);
  EXPECT_NEAR(summary.audio_seconds, 11.5, 0.1);
  EXPECT_FALSE(summary.interrupted);

  const auto track = record("a.wav");
  ASSERT_TRUE(track);
  EXPECT_EQ(track->status, TrackStatus::fingerprinted);
  EXPECT_EQ(track->place, TrackPlace::present);
  EXPECT_EQ(track->properties.codec, "pcm_s16le");
  EXPECT_NEAR(track->properties.duration_s, 5, 0.01);
  EXPECT_EQ(items(track->id).size(), track->item_count);
  EXPECT_GT(track->item_count, 10u);
  EXPECT_EQ(track->stamp.mtime_ns, test::mtime_of(at("a.wav")));
  const auto failed = record("text.mp3");
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->status, TrackStatus::failed);
  EXPECT_FALSE(failed->failure.empty());
  EXPECT_EQ(reports_.at(at("text.mp3")).error, failed->failure);
}

TEST_F(ScanTest, OpensNoFileOfAnUnchangedFolder) {
  for (unsigned i = 0; i < 5; ++i) write_music(std::to_string(i) + ".wav", i);
  test::write_bytes(music() / "bad.mp3", "this is no music");
  {
    const OpenWatch watch(music());
    scan_music();
    EXPECT_GE(watch.opened_files(), 6) << "the watch sees what is opened";
  }
  const OpenWatch watch(music());
  const ScanSummary summary = scan_music();
  EXPECT_EQ(watch.opened_files(), 0);
  EXPECT_EQ(summary.unchanged, 5u);
  EXPECT_EQ(summary.failed, 0u) << "told once";
  EXPECT_EQ(summary.known_failed, 1u);
  EXPECT_TRUE(reports_.at(at("bad.mp3")).known) << "still a row, not tried again";
  EXPECT_NE(reports_.at(at("bad.mp3")).error.value(), "");
  EXPECT_NEAR(reports_.at(at("1.wav")).duration_s, 4, 0.01);
}

TEST_F(ScanTest, ReadsAgainWhatChanged) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  test::write_bytes(music() / "c.wav", "not yet");
  scan_music();
  const auto before = items(record("a.wav")->id);
  write_music("a.wav", 3);
  write_music("c.wav", 4);
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.fingerprinted, 2u);
  EXPECT_EQ(summary.unchanged, 1u);
  EXPECT_NE(items(record("a.wav")->id), before);
  EXPECT_EQ(record("c.wav")->status, TrackStatus::fingerprinted);
  EXPECT_EQ(store_.snapshot().track_count(), 3u);
}

TEST_F(ScanTest, AKnownFailureIsNewsAgainWhenTheFileChanged) {
  test::write_bytes(music() / "bad.mp3", "this is no music");
  EXPECT_EQ(scan_music().failed, 1u);
  fs::rename(at("bad.mp3"), at("renamed.mp3"));
  const ScanSummary renamed = scan_music();
  EXPECT_EQ(renamed.failed, 0u) << "the same file by its stamp";
  EXPECT_EQ(renamed.known_failed, 1u);
  test::write_bytes(music() / "renamed.mp3", "this is no music either");
  const ScanSummary changed = scan_music();
  EXPECT_EQ(changed.failed, 1u);
  EXPECT_EQ(changed.known_failed, 0u);
  EXPECT_FALSE(reports_.at(at("renamed.mp3")).known);
  EXPECT_EQ(scan_music().known_failed, 1u);
}

TEST_F(ScanTest, RefusesAnotherLength) {
  write_music("a.wav", 1);
  settings_.length = std::chrono::seconds(3);
  scan_music();
  EXPECT_LT(record("a.wav")->item_count, 10u);
  settings_.length = std::chrono::seconds(0);
  try {
    scan_music();
    FAIL() << "compared fingerprints of different lengths";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    EXPECT_NE(std::string(e.what()).find("--length 3"), std::string::npos);
  }
}

TEST_F(ScanTest, AMissingPathIsARow) {
  write_music("a.wav", 1);
  const ScanSummary summary = scan_paths({music().string(), at("none.wav")});
  EXPECT_EQ(summary.fingerprinted, 1u);
  EXPECT_EQ(summary.failed, 1u);
  EXPECT_EQ(reports_.at(at("none.wav")).error, "no such file or folder");
  EXPECT_FALSE(record("none.wav"));
}

TEST_F(ScanTest, GivesTheSameLibraryForEveryThreadCount) {
  for (unsigned i = 0; i < 30; ++i) write_music(std::to_string(i) + ".wav", i, 3 + i % 4);
  const auto tracks_with = [&](std::size_t threads) {
    const ThreadLimit limit(threads);
    Store store = Store::open(dir_ / ("db" + std::to_string(threads)));
    scan(store, {music().string()}, settings_);
    std::vector<TrackRecord> tracks;
    store.snapshot().for_each_track([&](TrackRecord track) {
      EXPECT_TRUE(track.hashes.payload.known());
      track.hashes.payload = {};  // differs between libraries: the seed is the library's id
      tracks.push_back(std::move(track));
    });
    return tracks;
  };
  const auto one = tracks_with(1);
  EXPECT_EQ(one.size(), 30u);
  EXPECT_EQ(one, tracks_with(2));
}

TEST_F(ScanTest, CommitsInBatchesAndTellsProgress) {
  for (unsigned i = 0; i < 7; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  settings_.batch_tracks = 2;
  const std::uint64_t before = store_.snapshot().generation();
  ScanProgress last;
  ScanEvents events;
  events.progress = [&](const ScanProgress& progress) {
    EXPECT_GE(progress.bytes_done, last.bytes_done);
    last = progress;
  };
  scan(store_, {music().string()}, settings_, events);
  EXPECT_EQ(store_.snapshot().generation() - before, 6u) << "length, four batches, roots";
  EXPECT_EQ(last.files_done, 7u);
  EXPECT_EQ(last.files_total, 7u);
  EXPECT_EQ(last.bytes_done, last.bytes_total);
  EXPECT_NEAR(last.audio_seconds, 21, 0.1);
}

}  // namespace
}  // namespace echofold::library_scan_test
