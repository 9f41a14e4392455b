// Writes and checks the header, the items and the padding.
#include "index/store/items_value.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint8_t items_version = 1;

struct Header {
  std::uint8_t version = items_version;
  std::uint8_t zero[3] = {};
  std::uint32_t count = 0;
  std::uint64_t checksum = 0;
};
static_assert(sizeof(Header) == 16);

// The id is part of the checksum, so that the whole items of another track are recognised as wrong. It is added
// afterwards, not as a seed, because a seed would leave XXH3's fast path.
std::uint64_t checksum(TrackId id, Items items) noexcept {
  const std::uint64_t about[] = {XXH3_64bits(items.data(), items.size_bytes()), id, items.size()};
  return XXH3_64bits(about, sizeof about);
}

[[noreturn]] void throw_damaged(TrackId id, const char* why) {
  throw Error(Fault::damaged, "the fingerprint of track " + std::to_string(id) + " is damaged: " + why);
}

}  // namespace

std::size_t items_value_bytes(std::size_t count, std::size_t page_bytes) noexcept {
  return std::max(sizeof(Header) + count * sizeof(Item), page_bytes / 2);
}

void write_items_value(char* to, TrackId id, Items items, std::size_t page_bytes) noexcept {
  Header header;
  header.count = static_cast<std::uint32_t>(items.size());
  header.checksum = checksum(id, items);
  std::memcpy(to, &header, sizeof header);
  if (!items.empty()) std::memcpy(to + sizeof header, items.data(), items.size_bytes());
  const std::size_t used = sizeof header + items.size_bytes();
  std::memset(to + used, 0, items_value_bytes(items.size(), page_bytes) - used);
}

Items read_items_value(std::string_view value, TrackId id, std::size_t page_bytes) {
  Header header;
  if (value.size() < sizeof header) throw_damaged(id, "it is cut short");
  std::memcpy(&header, value.data(), sizeof header);
  if (header.version != items_version) {
    throw Error(Fault::version, "the fingerprint of track " + std::to_string(id) + " has version " +
                                    std::to_string(header.version) + ", this echofold knows " +
                                    std::to_string(items_version) + ": use the echofold that wrote it");
  }
  if (value.size() != items_value_bytes(header.count, page_bytes)) throw_damaged(id, "its length is wrong");
  const char* first = value.data() + sizeof header;
  if (reinterpret_cast<std::uintptr_t>(first) % alignof(Item) != 0)
    throw_damaged(id, "it is not where it should be in the file");
  const Items items(reinterpret_cast<const Item*>(first), header.count);
  if (header.checksum != checksum(id, items)) throw_damaged(id, "its checksum is wrong");
  return items;
}

}  // namespace echofold
