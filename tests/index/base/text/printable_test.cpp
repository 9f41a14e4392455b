// Nothing in a name reaches the terminal as a command.
#include "index/base/text/printable.h"

#include <gtest/gtest.h>

#include <random>

#include "index/base/text/utf8.h"

namespace echofold::text_printable_test {
namespace {

TEST(Printable, EscapesWhatSteersATerminal) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("a\nb\tc\r\x7f"), "a\\x0ab\\x09c\\x0d\\x7f");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\xc2\\x9b31m");  // C1: CSI in one character
  EXPECT_EQ(printable("x\xe2\x80\xae"
                      "3pm"),
            "x\\xe2\\x80\\xae"
            "3pm");  // changes the direction of the text after it
}

TEST(Printable, EscapesWhatIsNotUtf8) {
  EXPECT_EQ(printable("caf\xe9.mp3"), "caf\\xe9.mp3");
  EXPECT_EQ(printable("\xc3"), "\\xc3");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");
}

TEST(Printable, LeavesTextAlone) {
  for (const char* text :
       {"", "plain", "Bj\xc3\xb6rk - J\xc3\xb3ga", "\xe6\x97\xa5\xe6\x9c\xac", "\xf0\x9f\x8e\xb5", "\\x1b"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, AnyBytesComeOutSafe) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::string bytes(random() % 40, ' ');
    for (char& c : bytes) c = static_cast<char>(random());
    const std::string text = printable(bytes);
    EXPECT_TRUE(is_utf8(text));
    for (const char c : text) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    EXPECT_EQ(printable(text), text);
    for (const std::size_t columns : {0u, 1u, 7u, 20u})
      for (const bool keep_end : {false, true}) {
        const std::string cut = fitted(text, columns, keep_end);
        EXPECT_LE(columns_of(cut), columns);
        EXPECT_TRUE(is_utf8(cut));
      }
  }
}

TEST(Printable, MeasuresAndCutsInColumns) {
  EXPECT_EQ(columns_of("abc"), 3u);
  EXPECT_EQ(columns_of("\xc3\xa9"), 1u);
  EXPECT_EQ(columns_of("e\xcc\x81"), 1u);  // combining
  EXPECT_EQ(columns_of("\xe6\x97\xa5\xe6\x9c\xac"), 4u);
  EXPECT_EQ(fitted("abcdef", 6), "abcdef");
  EXPECT_EQ(fitted("abcdef", 4), "abc…");
  EXPECT_EQ(fitted("abcdef", 4, true), "…def");
  EXPECT_EQ(fitted("\xe6\x97\xa5\xe6\x9c\xac", 3), "\xe6\x97\xa5…");
  EXPECT_EQ(padded("ab", 4), "ab  ");
  EXPECT_EQ(bytes_within("\xe6\x97\xa5\xe6\x9c\xac", 3), 3u);
  EXPECT_EQ(bytes_within("\xe6\x97\xa5", 1), 3u);  // at least one character
}

}  // namespace
}  // namespace echofold::text_printable_test
