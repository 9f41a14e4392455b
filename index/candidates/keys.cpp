// Samples keys, and adds others where a track has too few.
#include "index/candidates/keys.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace echofold {
namespace {

/// All items of one key in one track: a range of the items sorted by (key, position).
struct KeyGroup {
  std::size_t first = 0;
  std::uint32_t count = 0;
  int rank = 0;  ///< 0 sampled, 1 not sampled, 2 too frequent
  std::uint32_t mixed = 0;
};

bool by_key(const FiledItem& a, const FiledItem& b) noexcept {
  return std::tie(a.key, a.position) < std::tie(b.key, b.position);
}

bool by_position(const FiledItem& a, const FiledItem& b) noexcept { return a.position < b.position; }

template <class Keep>
void visit_telling(Items items, std::uint32_t mask, Keep keep) {
  const std::size_t end = std::min(items.size(), max_filed_position);
  bool any = false;
  Key last = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const Key key = key_of(items[i], mask);
    if (items[i] == silence_item || (any && key == last)) continue;
    any = true;
    last = key;
    keep(FiledItem{key, items[i], static_cast<std::uint32_t>(i)});
  }
}

/// Visits the telling items whose key is sampled. This runs over every item of a library, so it has no branches
/// on the data: one block of items at a time is mixed, then picked from, then passed to `keep`.
template <class Keep>
void visit_sampled(Items items, const KeySettings& settings, Keep keep) {
  constexpr std::size_t block = 256;
  std::array<std::uint32_t, block> mixed;
  std::array<std::uint16_t, block> picked;
  std::uint64_t last = ~std::uint64_t{0};  // no key
  const std::size_t end = std::min(items.size(), max_filed_position);
  for (std::size_t first = 0; first < end; first += block) {
    const std::size_t count = std::min(block, end - first);
    for (std::size_t i = 0; i < count; ++i) mixed[i] = mix(key_of(items[first + i], settings.mask));
    std::size_t picks = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Key key = key_of(items[first + i], settings.mask);
      const bool sounds = items[first + i] != silence_item;
      const bool sampled = settings.sampling <= 1 || is_sampled_order(mixed[i], settings.sampling);
      picked[picks] = static_cast<std::uint16_t>(i);
      picks += sounds & (key != last) & sampled;
      last = sounds ? key : last;
    }
    for (std::size_t k = 0; k < picks; ++k) {
      const std::size_t at = first + picked[k];
      keep(FiledItem{key_of(items[at], settings.mask), items[at], static_cast<std::uint32_t>(at)});
    }
  }
}

/// True only if no key occurs more than `most` times. It counts by hash, so it may also return false for such items.
bool surely_all_rare(const std::vector<FiledItem>& items, std::uint32_t most) noexcept {
  std::array<std::uint16_t, 1024> counts{};
  if (items.size() > 8 * counts.size()) return false;
  return std::all_of(items.begin(), items.end(), [&](const FiledItem& filed) {
    return ++counts[(mix(filed.key) >> 22) % counts.size()] <= most;
  });
}

std::vector<KeyGroup> group_by_key(const std::vector<FiledItem>& sorted, const KeySettings& settings) {
  std::vector<KeyGroup> groups;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i + 1;
    while (end < sorted.size() && sorted[end].key == sorted[i].key) ++end;
    KeyGroup group{i, static_cast<std::uint32_t>(end - i), 0, mix(sorted[i].key)};
    if (group.count > settings.max_per_track) {
      group.rank = 2;
    } else if (!is_sampled(sorted[i].key, settings.sampling)) {
      group.rank = 1;
    }
    groups.push_back(group);
    i = end;
  }
  return groups;
}

bool preferred(const KeyGroup& a, const KeyGroup& b) noexcept {
  if (a.rank != b.rank) return a.rank < b.rank;
  return a.rank == 2 ? std::tie(a.count, a.mixed) < std::tie(b.count, b.mixed) : a.mixed < b.mixed;
}

/// The general case: chooses from all telling items, key by key.
std::vector<FiledItem> choose_by_rank(Items items, const KeySettings& settings) {
  std::vector<FiledItem> telling = telling_items(items, settings.mask);
  std::sort(telling.begin(), telling.end(), by_key);
  std::vector<KeyGroup> groups = group_by_key(telling, settings);
  std::sort(groups.begin(), groups.end(), preferred);

  std::vector<FiledItem> filed;
  for (const KeyGroup& group : groups) {
    if (group.rank != 0 && filed.size() >= settings.min_keys) break;
    const auto first = telling.begin() + static_cast<std::ptrdiff_t>(group.first);
    filed.insert(filed.end(), first, first + std::min(group.count, std::max(settings.max_per_track, 1u)));
  }
  std::sort(filed.begin(), filed.end(), by_position);
  return filed;
}

}  // namespace

std::vector<FiledItem> telling_items(Items items, std::uint32_t mask) {
  std::vector<FiledItem> telling;
  telling.reserve(items.size());
  visit_telling(items, mask, [&](const FiledItem& filed) { telling.push_back(filed); });
  return telling;
}

std::vector<FiledItem> filed_items(Items items, const KeySettings& settings) {
  std::vector<FiledItem> filed;
  filed.reserve(items.size() / std::max(settings.sampling, 1u) + 16);
  filed_items(items, settings, filed);
  return filed;
}

void filed_items(Items items, const KeySettings& settings, std::vector<FiledItem>& filed) {
  filed.clear();
  visit_sampled(items, settings, [&](const FiledItem& item) { filed.push_back(item); });
  // A usual track has enough sampled keys and none too often.
  if (filed.size() < settings.min_keys || !surely_all_rare(filed, settings.max_per_track))
    filed = choose_by_rank(items, settings);
}

}  // namespace echofold
