// Which of the tracks that share votes become candidates. All ways of joining use these rules.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <vector>

#include "index/candidates/votes.h"
#include "index/join/join.h"

namespace echofold {

inline VoteLimits vote_limits(const JoinSettings& settings, const KeySettings& keys,
                              std::uint32_t max_visits) {
  return {.min_votes = std::max(1u, std::min(settings.min_votes, settings.min_votes_alike)),
          .peaks = std::max(1u, settings.offsets_per_pair),
          .stop_postings = settings.stop_tracks,
          .stop_walk = settings.stop_walk,
          .max_visits = max_visits,
          .min_keys = keys.min_keys};
}

inline bool has_enough_votes(std::uint32_t votes, std::size_t items_a, std::size_t items_b,
                             const JoinSettings& settings) noexcept {
  if (votes >= settings.min_votes) return true;
  if (votes < settings.min_votes_alike) return false;
  const double items = std::abs(static_cast<double>(items_a) - static_cast<double>(items_b));
  return items_to_seconds(items) <= settings.alike_duration_s;
}

/// Keeps the best `most` of the candidates of one track: strong ones first, then those of the lowest rank.
/// @param votes_of, rank_of  give the votes and the rank of a candidate
template <class T, class Votes, class Rank>
void keep_best(std::vector<T>& candidates, std::size_t most, Votes votes_of, Rank rank_of) {
  constexpr std::uint32_t strong = 8;  // so many votes leave no doubt; more do not make a candidate better
  if (candidates.size() <= most) return;
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(candidates.begin(), end, candidates.end(), [&](const T& x, const T& y) {
    const std::uint32_t of_x = std::min(votes_of(x), strong), of_y = std::min(votes_of(y), strong);
    return of_x != of_y ? of_x > of_y : rank_of(x) < rank_of(y);
  });
  candidates.erase(end, candidates.end());
}

}  // namespace echofold
