// Which items are filed: the sample, the stop rules, and the same choice for copies.
#include "index/candidates/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <map>
#include <set>

#include "tests/support/synthetic.h"

namespace echofold::candidates_keys_test {
namespace {

using test::make_items;

TEST(KeysTest, MixIsBijectiveWhereTried) {
  std::set<std::uint32_t> seen;
  for (std::uint32_t x = 0; x < 100'000; ++x) seen.insert(mix(x * 2654435761u));
  EXPECT_EQ(seen.size(), 100'000u);
}

TEST(KeysTest, FilesTheSampledKeysInOrder) {
  const auto items = make_items(1, 1000);
  const KeySettings settings;
  const auto filed = filed_items(items, settings);
  EXPECT_GT(filed.size(), 150u);
  EXPECT_LT(filed.size(), 350u);
  for (std::size_t i = 0; i < filed.size(); ++i) {
    EXPECT_EQ(mix(filed[i].key) % 4, 0u);
    EXPECT_EQ(filed[i].item, items[filed[i].position]);
    EXPECT_EQ(filed[i].key, filed[i].item & settings.mask);
    if (i > 0) {
      EXPECT_LT(filed[i - 1].position, filed[i].position);
    }
  }
}

TEST(KeysTest, NeverFilesSilence) {
  EXPECT_TRUE(filed_items(std::vector<Item>(5000, silence_item), {}).empty());
  auto items = make_items(2, 400);
  std::fill(items.begin() + 100, items.begin() + 300, silence_item);
  for (const FiledItem& filed : filed_items(items, {})) EXPECT_NE(filed.item, silence_item);
}

TEST(KeysTest, ARepeatedKeyIsFiledOnce) {
  std::vector<Item> items;
  for (const Item item : make_items(3, 100)) items.insert(items.end(), 3, item);
  for (const FiledItem& filed : telling_items(items, ~0u)) EXPECT_EQ(filed.position % 3, 0u);
  // Items that differ in unstable bits only have one key.
  const std::vector<Item> same_key = {0xFFFFFFFF, 0xFFFFFFEF, 0xFEFEEAEF};
  EXPECT_EQ(telling_items(same_key, 0xFEFEEAEF).size(), 1u);
}

TEST(KeysTest, DropsAKeyThatStandsTooOften) {
  KeySettings settings;
  settings.sampling = 1;
  auto items = make_items(4, 600);
  for (std::size_t i = 0; i < 9; ++i) items[50 * i + 7] = 0x12345678;
  const Key often = key_of(0x12345678, settings.mask);
  const auto stands = [&](const auto& filed) {
    return std::count_if(filed.begin(), filed.end(), [&](const FiledItem& f) { return f.key == often; });
  };
  EXPECT_EQ(stands(filed_items(items, settings)), 0);
  settings.max_per_track = 9;
  EXPECT_EQ(stands(filed_items(items, settings)), 9);
}

TEST(KeysTest, AShortTrackKeepsWhatItHas) {
  EXPECT_EQ(filed_items(make_items(5, 100), {}).size(), 48u);
  EXPECT_TRUE(filed_items({}, {}).empty());
  const auto items = make_items(6, 20);
  EXPECT_EQ(filed_items(items, {}).size(), telling_items(items, KeySettings{}.mask).size());
}

TEST(KeysTest, ATrackOfFewKeysIsFiledWithinBounds) {
  std::vector<Item> items(50'000);
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = i % 2 == 0 ? 0x11111111 : 0x88888888;
  const auto filed = filed_items(items, {});
  EXPECT_EQ(filed.size(), 2 * KeySettings{}.max_per_track);
}

TEST(KeysTest, ACopyOfAShortTrackChoosesTheSameKeys) {
  const auto items = make_items(7, 130);
  const std::vector<Item> later(items.begin() + 5, items.end());
  std::set<Key> a, b, common;
  for (const FiledItem& filed : filed_items(items, {})) a.insert(filed.key);
  for (const FiledItem& filed : filed_items(later, {})) b.insert(filed.key);
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(common, common.end()));
  EXPECT_GE(common.size(), 42u);
}

TEST(KeysTest, NearKeysAreAllKeysWithinTheRadiusOnce) {
  const std::uint32_t mask = 0b1011'0110;
  for (int radius = 0; radius <= 3; ++radius) {
    std::map<Key, int> near;
    for_each_near_key(0b0010'0100, mask, radius, [&](Key key, int flips) {
      EXPECT_TRUE(near.emplace(key, flips).second);
      EXPECT_EQ(key & ~mask, 0u);
    });
    std::size_t expected = 0;
    for (Key key = 0; key < 256; ++key) {
      const int flips = std::popcount(key ^ 0b0010'0100u);
      if ((key & ~mask) != 0 || flips > radius) continue;
      ++expected;
      ASSERT_TRUE(near.contains(key));
      EXPECT_EQ(near[key], flips);
    }
    EXPECT_EQ(near.size(), expected);
  }
}

}  // namespace
}  // namespace echofold::candidates_keys_test
