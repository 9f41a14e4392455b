// See informative.h.
#include "index/pair/informative.h"

namespace echofold {

std::vector<Item> informative_mask(Items items) {
  std::vector<Item> mask(items.size(), 0);
  for (std::size_t i = 1; i + 1 < items.size(); ++i) {
    const Item changed = items[i] ^ items[i - 1];
    const bool two_bits = (changed & (changed - 1)) != 0;  // false for 0, too
    mask[i] = two_bits && items[i] != silence_item ? ~Item{0} : 0;
  }
  return mask;
}

}  // namespace echofold
