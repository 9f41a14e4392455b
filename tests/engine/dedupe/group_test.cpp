// Stars on random graphs do what group.h says.
#include "engine/dedupe/group.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <utility>

namespace echofold::dedupe_group_test {
namespace {

/// A graph by its edges; the value is the copy that the user chose, if any.
struct Edges {
  std::size_t copies = 0;
  std::map<std::pair<Copy, Copy>, std::optional<Copy>> edges;

  void add(Copy a, Copy b, std::optional<Copy> chosen = std::nullopt) {
    edges[{std::min(a, b), std::max(a, b)}] = chosen;
  }
  bool has(Copy a, Copy b) const { return edges.contains({std::min(a, b), std::max(a, b)}); }

  CopyGraph graph() const {
    CopyGraph graph;
    graph.copies = copies;
    graph.neighbours = [this](Copy copy, const std::function<void(Copy)>& visit) {
      for (Copy other = 0; other < copies; ++other)
        if (other != copy && has(copy, other)) visit(other);
    };
    graph.chosen = [this](Copy a, Copy b) { return edges.at({std::min(a, b), std::max(a, b)}); };
    return graph;
  }
  std::vector<Star> stars() const { return form_stars(graph()); }
};

TEST(Group, AChainIsNotOneGroup) {
  Edges chain{4, {}};
  chain.add(0, 1);
  chain.add(1, 2);
  chain.add(2, 3);
  // 2 was never compared with 0: it stays, and is the best of the rest.
  EXPECT_EQ(chain.stars(), (std::vector<Star>{{0, {1}}, {2, {3}}}));
}

TEST(Group, TheBestKeepsAllItsNeighbours) {
  Edges star{4, {}};
  for (const Copy other : {1u, 2u, 3u}) star.add(0, other);
  star.add(1, 2);
  EXPECT_EQ(star.stars(), (std::vector<Star>{{0, {1, 2, 3}}}));
}

TEST(Group, TheUsersChoiceGoesBeforeTheRanking) {
  Edges pair{2, {}};
  pair.add(0, 1, Copy{1});
  EXPECT_EQ(pair.stars(), (std::vector<Star>{{1, {0}}}));

  Edges three{3, {}};
  three.add(0, 1, Copy{1});
  three.add(1, 2);
  three.add(0, 2);
  EXPECT_EQ(three.stars(), (std::vector<Star>{{1, {0, 2}}}));
}

TEST(Group, ChoicesInACircleEnd) {
  Edges circle{3, {}};
  circle.add(0, 1, Copy{1});
  circle.add(1, 2, Copy{2});
  circle.add(0, 2, Copy{0});
  const auto stars = circle.stars();
  ASSERT_EQ(stars.size(), 1u);
  EXPECT_EQ(stars[0].drops.size(), 1u);  // each of the three is beaten by one: only one can go
}

TEST(Group, PromisesHoldOnRandomGraphs) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    Edges edges{2 + random() % 30, {}};
    const unsigned density = 1 + random() % 60;
    for (Copy a = 0; a < edges.copies; ++a)
      for (Copy b = a + 1; b < edges.copies; ++b) {
        if (random() % 100 >= density) continue;
        std::optional<Copy> chosen;
        if (round % 2 == 1 && random() % 8 == 0) chosen = random() % 2 ? a : b;
        edges.add(a, b, chosen);
      }
    const auto stars = edges.stars();
    EXPECT_EQ(stars, edges.stars());
    std::set<Copy> seen;
    for (const Star& star : stars) {
      EXPECT_TRUE(seen.insert(star.keeper).second);
      EXPECT_FALSE(star.drops.empty());
      for (const Copy drop : star.drops) {
        EXPECT_TRUE(seen.insert(drop).second);
        ASSERT_TRUE(edges.has(star.keeper, drop));
        const auto chosen = edges.edges.at(std::minmax(star.keeper, drop));
        EXPECT_EQ(chosen.value_or(std::min(star.keeper, drop)), star.keeper);
      }
    }
    if (round % 2 == 1) continue;
    // Without choices nothing is missed: of any two compared copies at least one is placed.
    for (const auto& [edge, chosen] : edges.edges)
      EXPECT_TRUE(seen.contains(edge.first) || seen.contains(edge.second));
  }
}

}  // namespace
}  // namespace echofold::dedupe_group_test
