#include "tools/near_names.h"

#include <gtest/gtest.h>

#include <vector>

namespace echofold::tools_near_names_test {
namespace {

TEST(NearNamesTest, Distance) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
  EXPECT_EQ(edit_distance("threads", "threads"), 0u);
  EXPECT_EQ(edit_distance("thraeds", "threads"), 1u) << "two letters swapped are one mistake";
  EXPECT_EQ(edit_distance("thread", "threads"), 1u);
  EXPECT_EQ(edit_distance("treads", "threads"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

TEST(NearNamesTest, NearestIfAnyIsNear) {
  const std::vector<std::string> names = {"db", "dups", "threads", "watch.interval"};
  EXPECT_EQ(nearest_name("thraeds", names), "threads");
  EXPECT_EQ(nearest_name("watch.intervall", names), "watch.interval");
  EXPECT_EQ(nearest_name("dbs", names), "db");
  EXPECT_EQ(nearest_name("colour_of_money", names), "");
  EXPECT_EQ(nearest_name("x", {}), "");
}

}  // namespace
}  // namespace echofold::tools_near_names_test
