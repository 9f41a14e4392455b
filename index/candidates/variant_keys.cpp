// Files a variant as any track.
#include "index/candidates/variant_keys.h"

#include <algorithm>
#include <limits>

namespace echofold {

SpeedVariants speed_variants(int percent, const std::vector<VariantItems>& all, const KeySettings& keys) {
  SpeedVariants result;
  result.percent = static_cast<std::uint32_t>(percent);
  std::vector<FiledItem> filed;
  for (const VariantItems& whole : all) {
    constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
    const Items items(whole.items.data(), std::min(whole.items.size(), most));
    filed_items(items, keys, filed);
    if (filed.empty()) continue;
    SpeedVariant& variant = result.variants.emplace_back();
    variant.steps = whole.steps;
    for (const FiledItem& one : filed) {
      variant.items.push_back(one.item);
      variant.positions.push_back(static_cast<std::uint16_t>(one.position));
    }
  }
  return result;
}

std::vector<ProbeKey> probe_keys(const SpeedVariant& variant, std::uint32_t mask) {
  std::vector<ProbeKey> keys;
  keys.reserve(variant.items.size());
  for (std::size_t i = 0; i < variant.items.size(); ++i)
    keys.push_back({key_of(variant.items[i], mask), variant.positions[i]});
  return keys;
}

}  // namespace echofold
