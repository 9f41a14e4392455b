#include "engine/library/line_blocks.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "index/base/error.h"

namespace echofold::library_line_blocks_test {
namespace {

struct Line {
  std::uint64_t number;
  std::string text;
  bool operator==(const Line&) const = default;
};

std::vector<Line> lines_of(const std::string& text, std::size_t block_bytes, std::size_t longest = 1000) {
  std::istringstream in(text);
  LineBlocks blocks(in, block_bytes, longest);
  std::vector<Line> lines;
  LineBlock block;
  while (blocks.next(block)) {
    if (block.too_long) {
      lines.push_back({block.first_line, "too long"});
      continue;
    }
    std::istringstream inside(block.text);
    std::string line;
    for (std::uint64_t number = block.first_line; std::getline(inside, line); ++number)
      lines.push_back({number, line});
  }
  return lines;
}

TEST(LineBlocks, GiveEveryLineOnceForEveryBlockSize) {
  for (const std::string text :
       {"", "a", "a\n", "\n", "\n\nab\n", "one\ntwo\n\nfour and more\nfive", "x\r\ny\r\n"}) {
    std::vector<Line> expected;
    std::istringstream in(text);
    std::string line;
    while (std::getline(in, line)) expected.push_back({expected.size() + 1, line});
    for (std::size_t size = 1; size < 40; ++size)
      EXPECT_EQ(lines_of(text, size), expected) << text << " / " << size;
  }
}

TEST(LineBlocks, SkipLinesThatAreTooLong) {
  const std::string text =
      "a\n" + std::string(50, 'x') + "\nb\n" + std::string(51, 'y') + "\n" + std::string(60, 'z');
  const std::vector<Line> expected = {
      {1, "a"}, {2, std::string(50, 'x')}, {3, "b"}, {4, "too long"}, {5, "too long"}};
  for (const std::size_t size : {1, 7, 49, 50, 51, 52}) EXPECT_EQ(lines_of(text, size, 50), expected) << size;
}

TEST(LineBlocks, DropAByteOrderMark) {
  EXPECT_EQ(lines_of("\xef\xbb\xbf{}\n", 100), (std::vector<Line>{{1, "{}"}}));
}

TEST(LineBlocks, ReportABrokenStream) {
  std::istringstream in("a\nb\n");
  LineBlocks blocks(in, 2);
  LineBlock block;
  ASSERT_TRUE(blocks.next(block));
  in.setstate(std::ios::badbit);
  EXPECT_THROW(while (blocks.next(block)){}, Error);
}

}  // namespace
}  // namespace echofold::library_line_blocks_test
