// See unmatched.h.
#include "index/pair/unmatched.h"

#include <algorithm>
#include <cmath>

namespace echofold {
namespace {

/// The number of audible hops among hops from .. to - 1 of a track. Hop k is silent when any item that covers it
/// is silent: such an item covers `item_span_s` of silence.
std::size_t audible_hops(Items items, std::size_t from, std::size_t to) noexcept {
  const auto span = static_cast<std::size_t>(std::lround(seconds_to_items(item_span_s)));
  std::size_t audible = 0;
  std::size_t silent_until = 0;
  for (std::size_t k = from < span ? 0 : from - span + 1; k < to; ++k) {
    if (k < items.size() && items[k] == silence_item) silent_until = k + span;
    audible += k >= from && k >= silent_until;
  }
  return audible;
}

}  // namespace

void set_unmatched(Evidence& evidence, Items a, Items b, const ItemRange& in_a,
                   const ItemRange& in_b) noexcept {
  const auto span = static_cast<std::size_t>(std::lround(seconds_to_items(item_span_s)));
  const auto head = [](Items items, std::size_t first) { return audible_hops(items, 0, first); };
  // The last item of the overlap covers `span` hops; the rest begins after those.
  const auto tail = [&](Items items, std::size_t end) {
    return audible_hops(items, end + span - 1, items.size() + span - 1);
  };
  evidence.unmatched_head_s =
      items_to_seconds(static_cast<double>(std::max(head(a, in_a.from), head(b, in_b.from))));
  evidence.unmatched_tail_s =
      items_to_seconds(static_cast<double>(std::max(tail(a, in_a.to), tail(b, in_b.to))));
}

}  // namespace echofold
