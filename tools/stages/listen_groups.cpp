// See listen_groups.h.
#include "tools/stages/listen_groups.h"

#include <algorithm>
#include <tuple>

#include "engine/jail/shared_listening.h"

namespace echofold {
namespace {

bool is_alone(const ListenPair& pair) noexcept { return pair.settings.speed != 1; }

bool is_before(const ListenPair& a, const ListenPair& b) noexcept {
  const auto key = [](const ListenPair& pair) {
    return std::tuple(pair.keeper.id, is_alone(pair), pair.loser.id);
  };
  return key(a) < key(b);
}

/// How many pairs from `begin` on have its keeper and can share it.
std::size_t count_of_keeper(std::span<const ListenPair> pairs) noexcept {
  if (is_alone(pairs.front())) return 1;
  const auto other = std::find_if(pairs.begin(), pairs.end(), [&](const ListenPair& pair) {
    return pair.keeper.id != pairs.front().keeper.id || is_alone(pair);
  });
  return static_cast<std::size_t>(other - pairs.begin());
}

}  // namespace

std::vector<std::span<const ListenPair>> listen_groups(std::vector<ListenPair>& pairs) {
  std::sort(pairs.begin(), pairs.end(), is_before);
  std::vector<std::span<const ListenPair>> groups;
  for (std::span<const ListenPair> left(pairs); !left.empty();) {
    std::size_t of_keeper = count_of_keeper(left);
    for (std::size_t rounds = (of_keeper + most_partners - 1) / most_partners; rounds > 0; --rounds) {
      const std::size_t count = (of_keeper + rounds - 1) / rounds;
      groups.push_back(left.first(count));
      left = left.subspan(count);
      of_keeper -= count;
    }
  }
  return groups;
}

}  // namespace echofold
