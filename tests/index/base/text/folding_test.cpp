#include "index/base/text/folding.h"

#include <gtest/gtest.h>

namespace echofold::text_folding_test {
namespace {

TEST(Folded, IsEqualForTwins) {
  EXPECT_EQ(folded("ABBA/Caf\u00e9"), folded("abba/cafE\u0301"));
  EXPECT_NE(folded("a"), folded("\u00e4"));
  EXPECT_EQ(folded("a\xff"), "a\xff");
  EXPECT_EQ(folded(""), "");
}

}  // namespace
}  // namespace echofold::text_folding_test
