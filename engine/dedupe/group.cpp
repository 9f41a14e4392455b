// Greedy stars in the order of rank: the best free copy always becomes a keeper.
#include "engine/dedupe/group.h"

#include <algorithm>

namespace echofold {
namespace {

class Stars {
 public:
  explicit Stars(const CopyGraph& graph) : graph_(graph), placed_(graph.copies, false) {}

  std::vector<Star> form() {
    for (Copy copy = 0; copy < graph_.copies; ++copy)
      while (!placed_[copy]) form_one(keeper_for(copy));
    return std::move(stars_);
  }

 private:
  std::optional<Copy> chosen(Copy a, Copy b) const {
    return graph_.chosen ? graph_.chosen(a, b) : std::nullopt;
  }

  /// The best free neighbour that the user chose over `copy`.
  std::optional<Copy> chosen_over(Copy copy) const {
    std::optional<Copy> best;
    graph_.neighbours(copy, [&](Copy other) {
      if (!placed_[other] && chosen(copy, other) == other && (!best || other < *best)) best = other;
    });
    return best;
  }

  /// Follows the user's choices. Stops where contradictory answers form a ring.
  Copy keeper_for(Copy copy) const {
    std::vector<Copy> path{copy};
    while (const auto better = chosen_over(path.back())) {
      if (std::find(path.begin(), path.end(), *better) != path.end()) break;
      path.push_back(*better);
    }
    return path.back();
  }

  void form_one(Copy keeper) {
    Star star{keeper, {}};
    placed_[keeper] = true;
    graph_.neighbours(keeper, [&](Copy other) {
      if (placed_[other] || chosen(keeper, other).value_or(std::min(keeper, other)) != keeper) return;
      placed_[other] = true;
      star.drops.push_back(other);
    });
    std::sort(star.drops.begin(), star.drops.end());
    if (!star.drops.empty()) stars_.push_back(std::move(star));
  }

  const CopyGraph& graph_;
  std::vector<bool> placed_;
  std::vector<Star> stars_;
};

}  // namespace

std::vector<Star> form_stars(const CopyGraph& graph) { return Stars(graph).form(); }

}  // namespace echofold
