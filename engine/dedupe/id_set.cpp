// Delta encoding of ascending ids.
#include "engine/dedupe/id_set.h"

#include <cstdint>

namespace echofold {
namespace {

constexpr TrackId id_limit = TrackId{1} << 40;

/// Removes and returns the first number; nothing if it is cut off or longer than any difference can be.
std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 42; shift += 7) {
    if (bytes.empty()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string encode_ids(const std::vector<TrackId>& ids) {
  std::string bytes;
  bytes.reserve(ids.size() + 8);
  TrackId last = 0;
  for (const TrackId id : ids) {
    TrackId distance = id - last;
    for (; distance >= 0x80; distance >>= 7) bytes += static_cast<char>(0x80 | (distance & 0x7f));
    bytes += static_cast<char>(distance);
    last = id;
  }
  return bytes;
}

std::optional<std::vector<TrackId>> decode_ids(std::string_view bytes) {
  std::vector<TrackId> ids;
  ids.reserve(bytes.size());
  TrackId last = 0;
  while (!bytes.empty()) {
    const auto distance = take_number(bytes);
    if (!distance || *distance == 0 || *distance >= id_limit - last) return std::nullopt;
    ids.push_back(last += *distance);
  }
  return ids;
}

}  // namespace echofold
