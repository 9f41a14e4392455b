// The table of databases.
#include "index/store/databases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace echofold::store_databases_test {
namespace {

std::vector<int> places(int Database::*place) {
  std::vector<int> found;
  for (const Database* database : databases_by(place)) found.push_back(database->*place);
  return found;
}

TEST(DatabasesTest, EachNameAndPlaceIsThereOnce) {
  std::set<std::string> names;
  for (const Database& database : database_table) {
    names.insert(database.name);
    EXPECT_EQ(find_database(database.name), &database);
    EXPECT_NE(database.check, nullptr);
  }
  EXPECT_EQ(names.size(), database_table.size());
  const std::vector<int> expected = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
  EXPECT_EQ(places(&Database::check_place), expected);
  EXPECT_EQ(places(&Database::report_place), expected);
  EXPECT_EQ(find_database("nothing"), nullptr);
}

TEST(DatabasesTest, OlderFormatsLackTheNewerDatabases) {
  const auto count = [](std::uint64_t format) {
    Databases databases;
    databases.format = format;
    return std::count_if(database_table.begin(), database_table.end(),
                         [&](const Database& database) { return databases.has(database); });
  };
  EXPECT_EQ(count(format_without_classes), 8);
  EXPECT_EQ(count(format_without_lookups), 10);
  EXPECT_EQ(count(format_without_heard), 11);
  EXPECT_EQ(count(format_without_variants), 12);
  EXPECT_EQ(count(store_format), 13);
}

}  // namespace
}  // namespace echofold::store_databases_test
