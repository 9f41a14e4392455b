// Numbers change; every other byte stays the same.
#include "tools/config/write.h"

#include <gtest/gtest.h>

#include "index/base/error.h"

namespace echofold::config_write_test {
namespace {

std::string written(const std::string& text) {
  return with_numbers(text, {{"auto_similarity", 0.97}, {"review_similarity", 0.9}}, "C");
}

TEST(ConfigWrite, AppendsWhatIsMissing) {
  EXPECT_EQ(written(""), "auto_similarity = 0.97\nreview_similarity = 0.9\n");
  EXPECT_EQ(written("# mine"), "# mine\nauto_similarity = 0.97\nreview_similarity = 0.9\n");
  EXPECT_EQ(written("threads = 1\r\n"),
            "threads = 1\r\nauto_similarity = 0.97\r\nreview_similarity = 0.9\r\n");
}

TEST(ConfigWrite, StaysOutsideOfTables) {
  EXPECT_EQ(written("[acoustid]\nkey = \"x\"\n"),
            "review_similarity = 0.9\nauto_similarity = 0.97\n[acoustid]\nkey = \"x\"\n");
}

TEST(ConfigWrite, ReplacesTheValueAlone) {
  EXPECT_EQ(written("\xef\xbb\xbf# \xc3\xa9\n  \"auto_similarity\"  =  9.8e-1   # why\nreview_similarity=1 "),
            "\xef\xbb\xbf# \xc3\xa9\n  \"auto_similarity\"  =  0.97   # why\nreview_similarity=0.9 ");
  EXPECT_EQ(
      written("auto_similarity = 0.98\ndb = \"\"\"\nauto_similarity = 1\n\"\"\"\nreview_similarity = 0.5"),
      "auto_similarity = 0.97\ndb = \"\"\"\nauto_similarity = 1\n\"\"\"\nreview_similarity = 0.9");
}

TEST(ConfigWrite, RefusesWhatItCannotRead) { EXPECT_THROW(written("auto_similarity = \n"), Error); }

}  // namespace
}  // namespace echofold::config_write_test
