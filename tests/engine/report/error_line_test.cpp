// The strip in a terminal: blocks, marks and times in their columns.
#include "engine/report/error_line.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "index/base/text/printable.h"

namespace echofold::report_error_line_test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

ErrorStrip strip_of(std::size_t columns) {
  ErrorStrip strip{0, 63, std::vector<double>(columns, 0.0)};
  strip.columns.front() = ErrorStrip::not_compared;
  for (std::size_t i = 20; i < 23; ++i) strip.columns[i] = 0.5;
  return strip;
}

Heard heard_of(double start_s, double length_s) {
  Heard heard;
  heard.lined_up = true;
  heard.compared_s = 60;
  heard.bursts = {{start_s, length_s, 3.0, BurstKind::other, false}};
  return heard;
}

TEST(ErrorLineTest, BlocksMarksAndTimes) {
  const TableStyle style{.columns = 80};
  ASSERT_EQ(error_line_columns(style), 63U);
  const auto lines = lines_of(error_lines(strip_of(63), heard_of(20.2, 2.5), style, false));
  ASSERT_GE(lines.size(), 4U);
  EXPECT_TRUE(lines[0].starts_with("  bit errors     \u00b7\u2581\u2581"));
  EXPECT_NE(lines[0].find("\u2581\u2588\u2588\u2588\u2581"), std::string::npos) << lines[0];
  EXPECT_EQ(lines[1], "  heard" + std::string(10 + 20, ' ') + "^^^");
  EXPECT_TRUE(lines[2].starts_with("                 0:00  ")) << lines[2];
  EXPECT_TRUE(lines[2].ends_with(" 1:03")) << lines[2];
  EXPECT_NE(lines[2].find("at most 50 % at 0:20"), std::string::npos) << lines[2];
  EXPECT_NE(lines[3].find("by ear"), std::string::npos);
  EXPECT_NE(lines[3].find("at 0:20.2 for 2.5 s"), std::string::npos) << lines[3];
  for (const std::string& line : lines) EXPECT_LE(columns_of(line), 80U) << line;
}

TEST(ErrorLineTest, AsciiHasNoOtherLetters) {
  const std::string text = error_lines(strip_of(43), heard_of(1, 1), {.columns = 60}, true);
  for (const char c : text) EXPECT_EQ(static_cast<unsigned char>(c) & 0x80, 0) << text;
  EXPECT_NE(text.find(".000"), std::string::npos);
  EXPECT_NE(text.find("0999"), std::string::npos);
}

TEST(ErrorLineTest, ColourOnlyWhereItIsWanted) {
  EXPECT_EQ(error_lines(strip_of(63), heard_of(1, 1), {.colour = false, .columns = 80}, false).find('\x1b'),
            std::string::npos);
  EXPECT_NE(error_lines(strip_of(63), {}, {.colour = true, .columns = 80}, false).find("\x1b[31m"),
            std::string::npos);
}

TEST(ErrorLineTest, ABeginningBeforeTheOther) {
  ErrorStrip strip = strip_of(63);
  strip.begin_s = -0.006;
  EXPECT_NE(error_lines(strip, {}, {.columns = 80}, false).find("\n                 0:00  "),
            std::string::npos);
  strip.begin_s = -12.4;
  EXPECT_NE(error_lines(strip, {}, {.columns = 80}, false).find("\n                 -0:12  "),
            std::string::npos);
}

TEST(ErrorLineTest, NothingKnownNothingShown) {
  EXPECT_EQ(error_lines({}, {}, {.columns = 80}, false), "");
  EXPECT_EQ(lines_of(error_lines({}, heard_of(1, 1), {.columns = 80}, false)).size(), 1U);
}

}  // namespace
}  // namespace echofold::report_error_line_test
