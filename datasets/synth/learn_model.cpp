// Learns the model: the tree from all music, the tables for each style.
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "datasets/synth/music_model.h"

namespace echofold::synth {
namespace {

constexpr int symbols = MusicModel::symbols;

constexpr std::size_t symbol_of(Item item, int symbol) noexcept { return item >> 2 * symbol & 3; }

/// Pairs of consecutive items, without silence.
using Steps = std::vector<std::pair<Item, Item>>;

Steps steps_of(const std::vector<Item>& items) {
  Steps steps;
  for (std::size_t i = 1; i < items.size(); ++i)
    if (items[i - 1] != silence_item && items[i] != silence_item) steps.emplace_back(items[i - 1], items[i]);
  return steps;
}

double movement(const Steps& steps) {
  std::uint64_t bits = 0;
  for (const auto& [before, now] : steps) bits += static_cast<std::uint64_t>(std::popcount(before ^ now));
  return static_cast<double>(bits) / static_cast<double>(std::max<std::size_t>(steps.size(), 1));
}

/// Mutual information of the changes of two symbols, in nats.
double mutual_information(const Steps& steps, int x, int y) {
  std::array<std::array<double, 16>, 16> joint{};
  std::array<double, 16> of_x{}, of_y{};
  for (const auto& [before, now] : steps) {
    const std::size_t i = symbol_of(before, x) << 2 | symbol_of(now, x);
    const std::size_t k = symbol_of(before, y) << 2 | symbol_of(now, y);
    ++joint[i][k], ++of_x[i], ++of_y[k];
  }
  const auto total = static_cast<double>(steps.size());
  double sum = 0;
  for (std::size_t i = 0; i < 16; ++i)
    for (std::size_t k = 0; k < 16; ++k)
      if (joint[i][k] > 0) sum += joint[i][k] / total * std::log(joint[i][k] * total / (of_x[i] * of_y[k]));
  return sum;
}

struct Tree {
  std::array<std::uint8_t, symbols> order{}, parent{};
};

/// Prim's algorithm, from symbol 0.
Tree best_tree(const Steps& steps) {
  Tree tree;
  std::array<double, symbols> gain{};
  std::array<bool, symbols> inside{};
  int last = 0;
  inside[0] = true;
  gain.fill(-1);
  for (std::size_t n = 1; n < symbols; ++n) {
    int best = -1;
    for (int k = 0; k < symbols; ++k) {
      const auto at = static_cast<std::size_t>(k);
      if (inside[at]) continue;
      if (const double more = mutual_information(steps, last, k); more > gain[at]) {
        gain[at] = more;
        tree.parent[at] = static_cast<std::uint8_t>(last);
      }
      if (best < 0 || gain[at] > gain[static_cast<std::size_t>(best)]) best = k;
    }
    last = best;
    inside[static_cast<std::size_t>(best)] = true;
    tree.order[n] = static_cast<std::uint8_t>(best);
  }
  return tree;
}

/// How often each value occurred. Sparse counts are supplemented with those that ignore the parent.
std::array<std::uint16_t, 3> thresholds(const std::array<double, 4>& counts,
                                        const std::array<double, 4>& alone) {
  constexpr double weight_of_alone = 3;
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  const double all_alone = std::accumulate(alone.begin(), alone.end(), 0.0);
  double sum = 0;
  std::array<std::uint16_t, 3> result{};
  for (std::size_t value = 0; value < 3; ++value) {
    const double share = all_alone > 0 ? alone[value] / all_alone : 0.25;
    sum += (counts[value] + weight_of_alone * share) / (all + weight_of_alone);
    result[value] = static_cast<std::uint16_t>(std::clamp(std::lround(sum * 65536), 0L, 65535L));
  }
  return result;
}

}  // namespace

MusicModel MusicModel::learn(const std::vector<std::vector<Item>>& tracks, int styles) {
  std::multimap<double, Steps> by_movement;
  Steps all;
  for (const auto& items : tracks) {
    Steps steps = steps_of(items);
    all.insert(all.end(), steps.begin(), steps.end());
    if (!steps.empty()) by_movement.emplace(movement(steps), std::move(steps));
  }
  MusicModel model;
  const Tree tree = best_tree(all);
  model.order_ = tree.order;
  model.parent_ = tree.parent;

  std::vector<Steps> parts(static_cast<std::size_t>(styles));
  std::size_t seen = 0;
  for (const auto& [changed, steps] : by_movement) {
    Steps& part = parts[std::min(parts.size() - 1, seen * parts.size() / all.size())];
    part.insert(part.end(), steps.begin(), steps.end());
    seen += steps.size();
  }
  for (const Steps& part : parts) {
    Style& style = model.styles_.emplace_back();
    for (int symbol = 0; symbol < symbols; ++symbol) {
      const int parent = tree.parent[static_cast<std::size_t>(symbol)];
      std::array<std::array<double, 4>, contexts> counts{};
      std::array<std::array<double, 4>, 4> alone{};
      for (const auto& [before, now] : part) {
        const std::size_t own = symbol_of(before, symbol), value = symbol_of(now, symbol);
        // The root is its own parent: its new value is not known before it is drawn.
        const std::size_t there = symbol == parent ? 0 : symbol_of(now, parent);
        ++counts[own << 4 | symbol_of(before, parent) << 2 | there][value];
        ++alone[own][value];
      }
      for (std::size_t context = 0; context < contexts; ++context)
        style[static_cast<std::size_t>(symbol)][context] = thresholds(counts[context], alone[context >> 4]);
    }
  }
  model.make_shared();
  return model;
}

}  // namespace echofold::synth
