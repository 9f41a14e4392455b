// Stars: which copies go for which keeper. Pure, on numbers; knows no tracks.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace echofold {

/// Copies are numbered from the best to the worst.
using Copy = std::size_t;

struct CopyGraph {
  std::size_t copies = 0;
  /// Visits the copies of the same recording as `copy`, each once, in any order. Symmetrical.
  std::function<void(Copy copy, const std::function<void(Copy)>& visit)> neighbours;
  /// Of two neighbours the one that the user chose to keep; nothing leaves it to the ranking. Symmetrical.
  std::function<std::optional<Copy>(Copy a, Copy b)> chosen = {};
};

struct Star {
  Copy keeper = 0;
  std::vector<Copy> drops;  ///< ascending; all of them neighbours of the keeper
  bool operator==(const Star&) const = default;
};

/// From the best copy down: the copy becomes a keeper and its neighbours that are still free its drops.
///
/// Each copy stands in at most one star, and every drop is worse than its keeper, or the user chose the
/// keeper over it. A neighbour of a drop that is no neighbour of the keeper stays free: nobody compared the
/// two. A copy that the user chose against waits for the star of the chosen one. Stars without drops are left
/// out. Deterministic; the stars come in ascending order of their making.
std::vector<Star> form_stars(const CopyGraph& graph);

}  // namespace echofold
