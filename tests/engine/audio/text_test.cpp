// Tag text of any origin becomes valid UTF-8 that every output can carry.
#include "engine/audio/text.h"

#include <gtest/gtest.h>

namespace echofold::audio_text_test {
namespace {

TEST(CleanText, KeepsUtf8AndTrimsWhiteSpace) {
  EXPECT_EQ(clean_text("  Sígur Rós – ( ) 𝄞\n"), "Sígur Rós – ( ) 𝄞");
  EXPECT_EQ(clean_text(""), "");
  EXPECT_EQ(clean_text(" \t "), "");
}

TEST(CleanText, EndsAtNul) { EXPECT_EQ(clean_text(std::string_view("ab\0cd", 5)), "ab"); }

TEST(CleanText, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(clean_text("caf\xE9!"), "caf\xEF\xBF\xBD!");
  EXPECT_EQ(clean_text("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");              // an overlong NUL
  EXPECT_EQ(clean_text("\xED\xA0\x80").find('\xED'), std::string::npos);      // a surrogate
  EXPECT_EQ(clean_text("\xF4\x90\x80\x80").find('\xF4'), std::string::npos);  // beyond Unicode
  EXPECT_EQ(clean_text("x\xE2\x82"), "x\xEF\xBF\xBD\xEF\xBF\xBD");            // cut within a character
}

TEST(CleanText, NeverCutsACharacterAtTheLimit) {
  std::string text(max_tag_bytes - 1, 'x');
  EXPECT_EQ(clean_text(text + "é"), text);
  EXPECT_EQ(clean_text(text + "yz"), text + "y");
}

}  // namespace
}  // namespace echofold::audio_text_test
