// How many faults a test tries: a share in a normal run, all in the long one.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "index/base/sanitizer.h"

namespace echofold::test {

/// ECHOFOLD_FAULTS=all runs every fault; otherwise about `few` of them run.
inline bool all_faults() {
  const char* text = std::getenv("ECHOFOLD_FAULTS");
  return text != nullptr && std::string_view(text) == "all";
}

/// Every n-th of `all`, with steps that hit different positions within groups of repeating calls. With a sanitizer,
/// which is slow, only a third of them.
template <class T>
std::vector<T> share(const std::vector<T>& all, std::size_t few) {
  if (ECHOFOLD_ADDRESS_SANITIZER || ECHOFOLD_THREAD_SANITIZER) few = (few + 2) / 3;
  if (all_faults() || all.size() <= few) return all;
  std::vector<T> some;
  std::size_t step = all.size() / few;
  while (step % 2 == 0 || step % 3 == 0 || step % 5 == 0 || step % 7 == 0) ++step;
  for (std::size_t i = step / 2; i < all.size(); i += step) some.push_back(all[i]);
  return some;
}

}  // namespace echofold::test
