// Lines fit, and nothing is lost except what an ellipsis replaces.
#include "engine/report/layout.h"

#include <gtest/gtest.h>

#include "index/base/text/printable.h"

namespace echofold::report_layout_test {
namespace {

TEST(Layout, WrapsAtSpaces) {
  EXPECT_EQ(wrapped("one two three", 0, 2, 7), "one two\n  three");
  EXPECT_EQ(wrapped("one two three", 5, 2, 7), "one\n  two\n  three");
  EXPECT_EQ(wrapped("abcdefghij kl", 0, 1, 5), "abcdefghij\n kl");
  EXPECT_EQ(wrapped("a  b", 0, 0, 80), "a  b");
  EXPECT_EQ(wrapped("", 3, 2, 10), "");
}

TEST(Layout, WideCharactersCountAsTwo) {
  const std::string wide = "\xe6\x97\xa5\xe6\x9c\xac";
  EXPECT_EQ(wrapped(wide + ' ' + wide, 0, 0, 9), wide + ' ' + wide);
  EXPECT_EQ(wrapped(wide + ' ' + wide, 0, 0, 8), wide + '\n' + wide);
}

TEST(Layout, ShortensInTheMiddle) {
  EXPECT_EQ(shortened("short", 5), "short");
  EXPECT_EQ(shortened("abcdefghijklmnopqrstuvwxyz", 12), "abcd…tuvwxyz");
  for (std::size_t columns = 1; columns < 30; ++columns)
    EXPECT_LE(
        columns_of(shortened("Albums/\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5/01 name of a song.flac", columns)),
        columns);
}

TEST(Layout, CommonFolder) {
  EXPECT_EQ(common_folder({}), "");
  EXPECT_EQ(common_folder({"/m/a/1.mp3"}), "/m/a/");
  EXPECT_EQ(common_folder({"/m/a/1.mp3", "/m/a/2.mp3"}), "/m/a/");
  EXPECT_EQ(common_folder({"/m/ab/1.mp3", "/m/ac/2.mp3"}), "/m/");
  EXPECT_EQ(common_folder({"/m/a/1.mp3", "/m/a.mp3"}), "/m/");
  EXPECT_EQ(common_folder({"/m/1.mp3", "/n/2.mp3"}), "");
}

}  // namespace
}  // namespace echofold::report_layout_test
