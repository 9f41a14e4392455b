// Finds one key in a run of postings by binary search.
#include "index/candidates/postings.h"

namespace echofold {
namespace {

/// The first index in [from, size) whose order is not below `order` (with `above`: is greater than `order`).
/// There are no branches on the data: half of them would be mispredicted.
template <bool above>
std::size_t bound(const PostingRun& run, std::size_t from, std::uint32_t order, std::uint32_t mask) noexcept {
  std::size_t count = run.size - from;
  while (count > 0) {
    const std::size_t half = count - count / 2;
    const std::uint32_t here = order_of(run.items[from + half - 1], mask);
    from += (above ? here <= order : here < order) ? half : 0;
    count /= 2;
  }
  return from;
}

}  // namespace

PostingRun find_in_run(const PostingRun& run, std::uint32_t order, std::uint32_t mask) noexcept {
  const std::size_t first = bound<false>(run, 0, order, mask);
  if (first == run.size || order_of(run.items[first], mask) != order) return {};
  const bool alone = first + 1 == run.size || order_of(run.items[first + 1], mask) != order;
  const std::size_t last = alone ? first + 1 : bound<true>(run, first, order, mask);
  return {run.items + first, run.ids + first, last - first};
}

}  // namespace echofold
