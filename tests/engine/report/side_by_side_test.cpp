// The table of a review: what differs is marked, and no difference is cut off.
#include "engine/report/side_by_side.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/report/figures.h"
#include "index/base/text/printable.h"
#include "tests/engine/report/lines.h"
#include "tests/engine/report/sample_plan.h"

namespace echofold::report_side_by_side_test {
namespace {

using test::lines_of;

TEST(SideBySide, MarksWhatDiffers) {
  TrackRecord left = test::sample_track(1, "/m/a.flac", true);
  TrackRecord right = test::sample_track(2, "/m/b.mp3");
  right.tags.title.assign("Title (live)");
  const std::string text = side_by_side(left, right, {0.9712, 0.412, Relation::same_recording, "title"}, {});
  EXPECT_NE(text.find("\n* format"), std::string::npos) << text;
  EXPECT_NE(text.find("FLAC (lossless)"), std::string::npos);
  EXPECT_NE(text.find("\n* bit rate"), std::string::npos);
  EXPECT_NE(text.find("\n  rate "), std::string::npos);
  EXPECT_NE(text.find("\n* title"), std::string::npos);
  EXPECT_NE(text.find("\n  artist"), std::string::npos);
  EXPECT_EQ(text.find("album"), std::string::npos);  // neither has one
  EXPECT_TRUE(text.ends_with("  similarity 97.12 %, same recording, right starts at +0.412 s (title)\n"));
}

TEST(SideBySide, FitsItsColumns) {
  TrackRecord left = test::sample_track(1, "/m/" + std::string(150, 'l') + "-end");
  TrackRecord right =
      test::sample_track(2, "/m/\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac" + std::string(70, 'r'));
  left.tags.title = std::string(200, 't');
  for (const std::size_t columns : {20u, 60u, 80u, 120u}) {
    const std::string text =
        side_by_side(left, right, {0.97, 0, Relation::same_recording, ""}, {false, columns});
    std::size_t path_bytes = 0;
    for (const std::string& line : lines_of(text)) {
      EXPECT_LE(columns_of(line), std::max<std::size_t>(columns, 70)) << line;
      path_bytes += static_cast<std::size_t>(std::count(line.begin(), line.end(), 'l'));
    }
    EXPECT_GE(path_bytes, 150u);  // the whole path is there
    EXPECT_NE(text.find("-end"), std::string::npos);
  }
}

TEST(SideBySide, HasTheWholeOfTheSigns) {
  const TrackRecord left = test::sample_track(1, "/m/a.flac", true);
  TrackRecord right = test::sample_track(2, "/m/b.flac", true);
  right.quality.spectrum_windows = 60;
  right.quality.cutoff_hz = 16'000;
  right.quality.edge_db = 30;
  right.quality.floor_db = -150;
  right.quality.cliff_share = 0.95;
  const std::string whole = signs_text(right);
  ASSERT_GT(columns_of(whole), 31u);
  std::string told;
  bool in_signs = false;
  for (const std::string& line :
       lines_of(side_by_side(left, right, {0.97, 0, Relation::same_recording, ""}, {.columns = 80}))) {
    EXPECT_LE(columns_of(line), 80u);
    in_signs = line.starts_with("* signs") || (in_signs && line.starts_with("   "));
    constexpr std::size_t right_column = 49;
    if (in_signs) told += (told.empty() ? "" : " ") + line.substr(right_column);
  }
  EXPECT_EQ(told, whole);
}

}  // namespace
}  // namespace echofold::report_side_by_side_test
