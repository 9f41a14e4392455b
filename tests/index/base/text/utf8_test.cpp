#include "index/base/text/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace echofold::text_utf8_test {
namespace {

TEST(Utf8, TakesEveryLengthAndItsLimits) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("plain\n\x7f"));
  EXPECT_TRUE(
      is_utf8("\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf \xf0\x90\x80\x80 "
              "\xf4\x8f\xbf\xbf"));
}

TEST(Utf8, RefusesWhatRfc3629Forbids) {
  for (const char* bytes :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xc3", "a\xe2\x82", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3("})
    EXPECT_FALSE(is_utf8(bytes)) << testing::PrintToString(bytes);
}

TEST(Utf8, ReadsWhatItWrites) {
  for (char32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xd800 && c < 0xe000) continue;
    std::string text;
    append_utf8(text, c);
    const Utf8Character read = first_character(text + "x");
    ASSERT_EQ(read.bytes, text.size()) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(read.code_point, c);
    ASSERT_TRUE(is_utf8(text));
  }
}

TEST(Utf8, SurrogatesAreWrittenButNotWellFormed) {
  std::string text;
  append_utf8(text, 0xd800);
  EXPECT_EQ(text, "\xed\xa0\x80");
  EXPECT_EQ(first_character(text).bytes, 0u);
}

TEST(Utf8, ReplacesByteByByte) {
  EXPECT_EQ(with_replacements("a\xc3\xa9"), "a\xc3\xa9");
  EXPECT_EQ(with_replacements("a\xff\xc3(\xe2\x82"), "a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(with_replacements(""), "");
}

}  // namespace
}  // namespace echofold::text_utf8_test
