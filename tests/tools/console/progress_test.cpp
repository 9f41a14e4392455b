#include "tools/console/progress.h"

#include <gtest/gtest.h>

namespace echofold::console_progress_test {
namespace {

ScanProgress halfway() {
  return {.files_total = 40,
          .files_done = 10,
          .bytes_total = 400,
          .bytes_done = 100,
          .audio_seconds = 5000,
          .current = "/music/a\nb.flac"};
}

TEST(ScanLineTest, TellsRateAndTheTimeLeftByBytes) {
  const std::string line = scan_line(halfway(), 20, 200);
  EXPECT_NE(line.find("10/40 files"), std::string::npos) << line;
  EXPECT_NE(line.find("0.5 files/s"), std::string::npos) << line;
  EXPECT_NE(line.find("250x realtime"), std::string::npos) << line;
  EXPECT_NE(line.find("ETA 1:00"), std::string::npos) << line;  // 300 of 400 bytes left at 5 bytes a second
}

TEST(ScanLineTest, NamesTheFileWithoutItsControlCharacters) {
  const std::string line = scan_line(halfway(), 20, 200);
  EXPECT_NE(line.find("a\\x0ab.flac"), std::string::npos) << line;
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(ScanLineTest, FitsTheTerminalAtEveryWidth) {
  ScanProgress progress = halfway();
  progress.current = "/music/\xc3\xa4\xc3\xb6\xe6\x97\xa5.flac";
  for (std::size_t columns = 0; columns < 90; ++columns) {
    const std::string line = scan_line(progress, 20, columns);
    EXPECT_LE(line.size(), columns);
    if (!line.empty()) {
      EXPECT_NE(static_cast<unsigned char>(line.back()) & 0xC0U, 0xC0U) << "cut inside a character";
    }
  }
}

TEST(StageLineTest, HasAnEstimateOfItsOwnStage) {
  EXPECT_EQ(stage_line("listen", 50, 200, 20), "listen: 50/200 (25 %)  ETA 1:00");
  EXPECT_EQ(stage_line("listen", 200, 200, 80), "listen: 200/200 (100 %)  ETA 0:00");
  EXPECT_EQ(stage_line("listen", 0, 200, 5), "listen: 0/200 (0 %)  ETA -");
  EXPECT_EQ(stage_line("listen", 50, 200, 0.5), "listen: 50/200 (25 %)  ETA -");
  EXPECT_EQ(stage_line("walk", 12, 0, 5), "walk: 12") << "nobody knows how many there are";
}

TEST(ScanLineTest, NoEstimateBeforeAnythingIsKnown) {
  EXPECT_NE(scan_line({}, 0, 200).find("ETA -"), std::string::npos);
}

}  // namespace
}  // namespace echofold::console_progress_test
