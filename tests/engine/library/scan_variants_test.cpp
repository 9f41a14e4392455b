// Scans with variants at other speeds: made once, copied with a known sound, made later, removed.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <string>

#include "tests/engine/library/scan_support.h"

namespace echofold::library_scan_variants_test {
namespace {

namespace fs = std::filesystem;

class ScanVariantsTest : public test::ScanTest {
 protected:
  ScanVariantsTest() {
    settings_.reader = [this](int fd, std::string_view extension, const ReadSettings& settings,
                              const std::stop_token& stop) {
      if (!settings.payload_only) ++decodes_;
      return read_track(fd, extension, settings, stop);
    };
    write_music("a.wav", 1);
    write_music("b.wav", 2);
  }

  ScanSummary scan_again(std::optional<int> percent = {}) {
    settings_.speed_percent = percent;
    decodes_ = 0;
    missing_ = 0;
    ScanEvents events;
    events.missing_variants = [this](std::uint64_t files, int) { missing_ = files; };
    return scan(store_, {music().string()}, settings_, events);
  }
  /// By file: how far its variants reach.
  std::map<std::string, int> percents() const {
    std::map<std::string, int> found;
    const Snapshot snapshot = store_.snapshot();
    snapshot.for_each_with_variants([&](TrackId id, std::uint32_t percent) {
      found[fs::path(snapshot.track(id)->path).filename()] = static_cast<int>(percent);
    });
    return found;
  }
  SpeedVariants variants(const std::string& name) const {
    return store_.snapshot().variants(record(name)->id).value();
  }

  std::atomic<int> decodes_ = 0;
  std::uint64_t missing_ = 0;
};

using Percents = std::map<std::string, int>;

TEST_F(ScanVariantsTest, AreMadeIfTheLibraryHasASpeed) {
  scan_again();
  EXPECT_EQ(percents(), Percents{});
  EXPECT_EQ(variants_percent(store_.snapshot()), 0);
  write_music("c.wav", 3);
  scan_again(2);
  EXPECT_EQ(variants_percent(store_.snapshot()), 2);
  EXPECT_EQ(percents(), (Percents{{"a.wav", 2}, {"b.wav", 2}, {"c.wav", 2}}));
  EXPECT_EQ(missing_, 2u) << "the new file is not read again";
  EXPECT_EQ(decodes_, 3);
  EXPECT_EQ(variants("a.wav").variants.size(), 8u);
  EXPECT_EQ(variants("a.wav").variants.front().steps, -4);
}

TEST_F(ScanVariantsTest, TheLibraryRemembersTheSpeed) {
  scan_again(1);
  const ScanSummary again = scan_again();
  EXPECT_EQ(again.unchanged, 2u);
  EXPECT_EQ(decodes_, 0);
  write_music("c.wav", 3);
  scan_again();
  EXPECT_EQ(percents(), (Percents{{"a.wav", 1}, {"b.wav", 1}, {"c.wav", 1}}));
  EXPECT_EQ(decodes_, 1);
}

TEST_F(ScanVariantsTest, AreMadeAgainOnlyToReachFarther) {
  scan_again(2);
  const TrackId id = record("a.wav")->id;
  scan_again(1);
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(percents().at("a.wav"), 2);
  scan_again(3);
  EXPECT_EQ(missing_, 2u);
  EXPECT_EQ(percents(), (Percents{{"a.wav", 3}, {"b.wav", 3}}));
  EXPECT_EQ(record("a.wav")->id, id) << "it is the same track";
}

TEST_F(ScanVariantsTest, ACopyHasThoseOfTheKnownSound) {
  scan_again(1);
  fs::copy_file(at("a.wav"), at("copy.wav"));
  scan_again();
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(variants("copy.wav"), variants("a.wav"));
}

TEST_F(ScanVariantsTest, ZeroRemovesThem) {
  scan_again(1);
  scan_again(0);
  EXPECT_EQ(decodes_, 0);
  EXPECT_EQ(percents(), Percents{});
  EXPECT_EQ(variants_percent(store_.snapshot()), 0);
  write_music("c.wav", 3);
  scan_again();
  EXPECT_EQ(percents(), Percents{});
}

TEST_F(ScanVariantsTest, APreviewChangesNothing) {
  scan_again();
  settings_.speed_percent = 4;
  const ScanPreview preview = preview_scan(&store_, {music().string()}, settings_, {});
  EXPECT_EQ(preview.to_read, 2u);
  EXPECT_EQ(variants_percent(store_.snapshot()), 0);
}

}  // namespace
}  // namespace echofold::library_scan_variants_test
