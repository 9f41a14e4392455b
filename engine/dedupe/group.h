// Stars: which copies go for which keeper. Pure; it works on numbers and knows no tracks.
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
  /// Which of two neighbours the user chose to keep; nothing: the ranking decides. Symmetrical.
  std::function<std::optional<Copy>(Copy a, Copy b)> chosen = {};
};

struct Star {
  Copy keeper = 0;
  std::vector<Copy> drops;  ///< ascending; all are neighbours of the keeper
  bool operator==(const Star&) const = default;
};

/// Takes the copies from the best down: each becomes a keeper, and its neighbours that are still free become its drops.
///
/// Each copy is in at most one star. Every drop is worse than its keeper, or the user chose the keeper over it. A
/// neighbour of a drop that is not a neighbour of the keeper stays free: the two were not compared. A copy that the
/// user decided against waits for the star of the chosen one. Stars without drops are left out. Deterministic; the
/// stars are in the order in which they were made.
std::vector<Star> form_stars(const CopyGraph& graph);

}  // namespace echofold
