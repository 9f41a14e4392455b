// Id sets are decoded as they were encoded; damaged ones are refused.
#include "engine/dedupe/id_set.h"

#include <gtest/gtest.h>

#include <random>

namespace echofold::dedupe_id_set_test {
namespace {

TEST(IdSet, RoundTrips) {
  std::mt19937_64 random(3);
  std::vector<TrackId> ids;
  TrackId last = 0;
  for (int i = 0; i < 10'000; ++i)
    ids.push_back(last += 1 + (i % 100 == 0 ? random() % 100'000'000 : random() % 3));
  const std::string bytes = encode_ids(ids);
  EXPECT_LT(bytes.size(), ids.size() + 400);
  EXPECT_EQ(decode_ids(bytes), ids);
  EXPECT_EQ(decode_ids(encode_ids({})), std::vector<TrackId>{});
  const std::vector<TrackId> highest{(TrackId{1} << 40) - 1};
  EXPECT_EQ(decode_ids(encode_ids(highest)), highest);
}

TEST(IdSet, RefusesWhatItDidNotWrite) {
  EXPECT_FALSE(decode_ids(std::string("\x81", 1)));                         // cut short
  EXPECT_FALSE(decode_ids(std::string("\x05\x00", 2)));                     // an id twice
  EXPECT_FALSE(decode_ids("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));     // longer than an id can be
  EXPECT_FALSE(decode_ids(encode_ids({(TrackId{1} << 40) - 1}) + "\x01"));  // past the last id
}

}  // namespace
}  // namespace echofold::dedupe_id_set_test
