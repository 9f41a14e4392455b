// Retagged, copied and moved files keep their fingerprint: none is decoded, and the result is as if they had been.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/engine/library/scan_support.h"
#include "tests/support/read_file.h"
#include "tests/support/source_tree.h"

namespace echofold::library_scan_recognised_test {
namespace {

namespace fs = std::filesystem;

class ScanRecognisedTest : public test::ScanTest {
 protected:
  ScanRecognisedTest() {
    settings_.reader = [this](int fd, std::string_view extension, const ReadSettings& settings,
                              const std::stop_token& stop) {
      ++(settings.payload_only ? looks_ : decodes_);
      return read_track(fd, extension, settings, stop);
    };
  }

  ScanSummary scan_again() {
    looks_ = decodes_ = 0;
    return scan_music();
  }
  /// Adds a chunk after the audio of a WAV: other bytes, size and time, the same sound.
  void retag(const std::string& name, const std::string& text = "other") const {
    std::string chunk = "LIST";
    const auto size = static_cast<char>(text.size() + 13);
    chunk += {size, 0, 0, 0};
    chunk += "INFOINAM";
    chunk += {static_cast<char>(text.size() + 1), 0, 0, 0};
    std::ofstream(at(name), std::ios::binary | std::ios::app) << chunk << text << '\0';
  }

  std::atomic<int> looks_ = 0, decodes_ = 0;
};

TEST_F(ScanRecognisedTest, ARetaggedFileKeepsItsTrack) {
  write_music("a.wav", 1);
  scan_again();
  EXPECT_EQ(looks_, 0) << "an empty library knows nothing: no file is read twice";
  const TrackRecord before = *record("a.wav");
  retag("a.wav");
  const ScanSummary summary = scan_again();
  EXPECT_EQ(summary.unchanged, 1u);
  EXPECT_EQ(summary.recognised, 1u);
  EXPECT_EQ(summary.audio_seconds, 0);
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(status("a.wav"), FileStatus::unchanged);
  const TrackRecord after = *record("a.wav");
  EXPECT_EQ(after.id, before.id);
  EXPECT_NE(after.stamp, before.stamp);
  EXPECT_EQ(after.tags.title, "other");
  EXPECT_EQ(after.quality, before.quality);
  EXPECT_EQ(after.hashes, before.hashes);
  EXPECT_EQ(after.items_hash, before.items_hash);
  EXPECT_EQ(scan_again().recognised, 0u) << "now its stamp is known";
  EXPECT_EQ(looks_, 0);
}

TEST_F(ScanRecognisedTest, ACopyIsATrackOfItsOwn) {
  write_music("a.wav", 1);
  scan_again();
  fs::copy_file(at("a.wav"), at("b.wav"));
  fs::copy_file(at("a.wav"), at("c.wav"));
  retag("c.wav");
  const ScanSummary summary = scan_again();
  EXPECT_EQ(summary.fingerprinted, 2u);
  EXPECT_EQ(summary.recognised, 2u);
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(status("b.wav"), FileStatus::fingerprinted);
  const TrackRecord a = *record("a.wav"), b = *record("b.wav"), c = *record("c.wav");
  EXPECT_NE(a.id, b.id);
  EXPECT_NE(b.id, c.id);
  EXPECT_EQ(items(a.id), items(b.id));
  EXPECT_EQ(items(a.id), items(c.id));
  EXPECT_FALSE(items(a.id).empty());
  EXPECT_EQ(a.place, TrackPlace::present);
}

TEST_F(ScanRecognisedTest, AFileThatWentToAnotherPlaceWithNewTagsTakesItsTrackAlong) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  write_music("c.wav", 3);
  scan_again();
  const TrackRecord before = *record("a.wav");
  fs::create_directory(music() / "sub");
  fs::copy_file(at("a.wav"), at("sub/one.wav"));  // like `mv` to another file system: a new inode
  fs::copy_file(at("a.wav"), at("sub/two.wav"));
  fs::remove(at("a.wav"));
  retag("sub/one.wav");
  const ScanSummary summary = scan_again();
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_EQ(summary.fingerprinted, 1u);
  EXPECT_EQ(summary.missing, 0u);
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(status("sub/one.wav"), FileStatus::moved);
  EXPECT_FALSE(record("a.wav"));
  EXPECT_EQ(record("sub/one.wav")->id, before.id);
  EXPECT_EQ(record("sub/one.wav")->place, TrackPlace::present);
  EXPECT_NE(record("sub/two.wav")->id, before.id);
  EXPECT_EQ(store_.snapshot().track_count(), 4u);
}

TEST_F(ScanRecognisedTest, OtherAudioIsDecoded) {
  write_music("a.wav", 1);
  scan_again();
  const TrackRecord before = *record("a.wav");
  std::string bytes = test::read_file(at("a.wav"));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  test::write_bytes(at("a.wav"), bytes);
  test::set_mtime(at("a.wav"), 5);
  EXPECT_EQ(scan_again().fingerprinted, 1u);
  EXPECT_EQ(looks_, 1);
  EXPECT_EQ(decodes_, 1);
  EXPECT_NE(record("a.wav")->hashes, before.hashes);
}

TEST_F(ScanRecognisedTest, TwoFilesThatChangePlacesKeepTheirAudio) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_again();
  const auto a = items(record("a.wav")->id), b = items(record("b.wav")->id);
  ASSERT_NE(a, b);
  const std::string first = test::read_file(at("a.wav")), second = test::read_file(at("b.wav"));
  test::write_bytes(at("a.wav"), second);
  test::write_bytes(at("b.wav"), first);
  retag("a.wav");
  retag("b.wav");
  scan_again();
  EXPECT_EQ(items(record("a.wav")->id), b);
  EXPECT_EQ(items(record("b.wav")->id), a);
  EXPECT_EQ(store_.snapshot().track_count(), 2u);
}

TEST_F(ScanRecognisedTest, AnotherLibraryHasOtherHashes) {
  write_music("a.wav", 1);
  scan_again();
  Store other = Store::open(dir_ / "other");
  scan(other, {music().string()}, settings_);
  const Snapshot snapshot = other.snapshot();
  const TrackRecord there = *snapshot.track(1), here = *record("a.wav");
  EXPECT_EQ(there.items_hash, here.items_hash);
  EXPECT_EQ(there.hashes.payload_bytes, here.hashes.payload_bytes);
  EXPECT_EQ(there.hashes.samples, here.hashes.samples);
  EXPECT_NE(there.hashes.payload, here.hashes.payload)
      << "nobody can make a file to have another's hash there";
}

TEST_F(ScanRecognisedTest, ADamagedFileLeavesNothingToBeRecognisedBy) {
  write_music("a.wav", 1);
  std::string bytes = test::read_file(at("a.wav"));
  test::write_bytes(at("a.wav"), bytes.substr(0, bytes.size() / 2));  // truncated: its header claims more
  scan_again();
  ASSERT_TRUE(record("a.wav")->quality.truncated);
  EXPECT_EQ(record("a.wav")->hashes, AudioHashes{});
  test::set_mtime(at("a.wav"), 5);
  EXPECT_EQ(scan_again().recognised, 0u);
  EXPECT_EQ(decodes_, 1);
}

TEST_F(ScanRecognisedTest, AFloodOfNewFilesIsLookedAtOnlyWhereItMayPay) {
  write_music("known.wav", 1, 3);
  scan_again();
  const auto size = fs::file_size(at("known.wav"));
  for (unsigned i = 0; i < 1100; ++i) {
    std::string wav = test::music_wav(1, 0.2);
    wav += std::string(i % 7, '\0');
    test::write_bytes(at("new/" + std::to_string(i) + ".wav"), wav);
  }
  fs::copy_file(at("known.wav"), at("copy.wav"));
  ASSERT_EQ(fs::file_size(at("copy.wav")), size);
  const ScanSummary summary = scan_again();
  EXPECT_EQ(looks_, 1) << "a file of the very size of a known one";
  EXPECT_EQ(summary.recognised, 1u);
  EXPECT_EQ(decodes_, 1100);
}

TEST_F(ScanRecognisedTest, EveryFormatIsKnownAgain) {
  if (std::system("command -v ffmpeg >/dev/null 2>&1") != 0) GTEST_SKIP() << "ffmpeg is not installed";
  const fs::path clip = test::nebula();
  const auto run = [](const fs::path& from, const std::string& options, const fs::path& to) {
    const std::string command = "ffmpeg -nostdin -v error -y -i '" + from.string() + "' " + options + " '";
    ASSERT_EQ(std::system((command + to.string() + "'").c_str()), 0);
  };
  const std::vector<std::pair<std::string, std::string>> formats = {{"a.mp3", "-b:a 128k"},
                                                                    {"a.flac", ""},
                                                                    {"a.m4a", "-c:a aac"},
                                                                    {"alac.m4a", "-c:a alac"},
                                                                    {"a.opus", "-c:a libopus"},
                                                                    {"a.ogg", "-c:a libvorbis"},
                                                                    {"a.oga", "-c:a flac"},
                                                                    {"a.wma", "-c:a wmav2"},
                                                                    {"a.wv", "-c:a wavpack"},
                                                                    {"a.tta", "-c:a tta"},
                                                                    {"a.wav", ""},
                                                                    {"a.aiff", "-write_id3v2 1"},
                                                                    {"a.mka", "-c:a flac"}};
  for (const auto& [name, options] : formats) run(clip, "-t 4 " + options, at(name));
  scan_again();
  std::map<std::string, TrackRecord> before;
  for (const auto& [name, options] : formats) {
    before[name] = *record(name);
    run(at(name), "-map 0:a -c copy -metadata title='Another title' -metadata:s:a title='Another title'",
        music() / ("new_" + name));
    fs::rename(music() / ("new_" + name), at(name));
  }
  const ScanSummary summary = scan_again();
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(summary.recognised, formats.size());
  EXPECT_EQ(summary.unchanged, formats.size());
  for (const auto& [name, options] : formats) {
    SCOPED_TRACE(name);
    TrackRecord expected = before[name];
    const TrackRecord after = *record(name);
    EXPECT_EQ(after.tags.title, "Another title");
    EXPECT_NE(after.stamp, expected.stamp);
    expected.stamp = after.stamp;
    expected.tags = after.tags;
    EXPECT_EQ(after, expected) << "nothing but the tags";
  }
}

}  // namespace
}  // namespace echofold::library_scan_recognised_test
