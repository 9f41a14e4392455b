// An object is a GUID, a 64-bit size and the content; the header is an object that contains objects.
#include "engine/audio/asf_objects.h"

#include <algorithm>

namespace echofold {

bool is_asf(const ByteView& file) { return file.has(0, asf_header); }

std::optional<AsfObject> find_asf_object(const ByteView& file, std::string_view guid) {
  constexpr std::int64_t head = 24, first = 30;
  if (!is_asf(file)) return std::nullopt;
  const std::uint64_t header_bytes = file.little(16, 8);
  const auto end = static_cast<std::int64_t>(std::min(header_bytes, static_cast<std::uint64_t>(file.size())));
  int parts = 0;
  for (std::int64_t at = first; at + head <= end && parts < most_parts; ++parts) {
    const std::uint64_t bytes = file.little(at + 16, 8);
    if (bytes < head || bytes > static_cast<std::uint64_t>(end - at)) return std::nullopt;
    if (file.has(at, guid)) return AsfObject{at, static_cast<std::int64_t>(bytes)};
    at += static_cast<std::int64_t>(bytes);
  }
  return std::nullopt;
}

}  // namespace echofold
