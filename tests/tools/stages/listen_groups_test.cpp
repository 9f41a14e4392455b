// Pairs of one keeper are listened to together.
#include "tools/stages/listen_groups.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/jail/shared_listening.h"

namespace echofold::stages_listen_groups_test {
namespace {

ListenPair pair_of(TrackId keeper, TrackId loser, double speed = 1) {
  ListenPair pair;
  pair.keeper.id = keeper;
  pair.loser.id = loser;
  pair.settings.speed = speed;
  return pair;
}

std::vector<std::size_t> sizes_of(std::vector<ListenPair> pairs) {
  std::vector<std::size_t> sizes;
  std::multiset<std::pair<TrackId, TrackId>> left, all;
  for (const ListenPair& pair : pairs) all.insert({pair.keeper.id, pair.loser.id});
  for (const auto group : listen_groups(pairs)) {
    sizes.push_back(group.size());
    for (const ListenPair& pair : group) {
      EXPECT_EQ(pair.keeper.id, group.front().keeper.id);
      EXPECT_TRUE(group.size() == 1 || pair.settings.speed == 1);
      left.insert({pair.keeper.id, pair.loser.id});
    }
  }
  EXPECT_EQ(left, all);
  return sizes;
}

TEST(ListenGroups, PairsOfOneKeeperAreOneGroup) {
  EXPECT_EQ(sizes_of({}), std::vector<std::size_t>{});
  EXPECT_EQ(sizes_of({pair_of(1, 2)}), std::vector<std::size_t>{1});
  EXPECT_EQ(sizes_of({pair_of(5, 2), pair_of(1, 2), pair_of(5, 1), pair_of(1, 9)}),
            (std::vector<std::size_t>{2, 2}));
}

TEST(ListenGroups, TenLosersAreOneGroup) {
  std::vector<ListenPair> pairs;
  for (TrackId loser = 10; loser < 20; ++loser) pairs.push_back(pair_of(1, loser));
  EXPECT_EQ(sizes_of(pairs), std::vector<std::size_t>{10});
}

TEST(ListenGroups, MoreThanThereAreProcessesForAreDividedEvenly) {
  std::vector<ListenPair> pairs;
  for (TrackId loser = 10; loser < 10 + most_partners; ++loser) pairs.push_back(pair_of(1, loser));
  EXPECT_EQ(sizes_of(pairs), std::vector<std::size_t>{most_partners});
  pairs.push_back(pair_of(1, 100));
  EXPECT_EQ(sizes_of(pairs), (std::vector<std::size_t>{9, 8}));
}

TEST(ListenGroups, APairAtAnotherSpeedIsAlone) {
  EXPECT_EQ(sizes_of({pair_of(1, 2), pair_of(1, 3, 1.04), pair_of(1, 4), pair_of(1, 5, 0.96)}),
            (std::vector<std::size_t>{2, 1, 1}));
}

}  // namespace
}  // namespace echofold::stages_listen_groups_test
