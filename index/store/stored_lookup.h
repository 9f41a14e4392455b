// What a lookup service said of a fingerprint, as the store keeps it: its text means nothing here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/model/fingerprint.h"

namespace echofold {

/// What was asked: a fingerprint and the length of its file.
struct LookupKey {
  Hash128 hash;  ///< of the items that were sent
  std::uint64_t duration_s = 0;
  auto operator<=>(const LookupKey&) const = default;
};

struct StoredLookup {
  std::int64_t asked_at_s = 0;  ///< Unix time
  std::string answer;
  bool operator==(const StoredLookup&) const = default;
};

/// The value holds its key, too: on a damaged page it could stand under another one.
std::string encode(const LookupKey& key, const StoredLookup& lookup);
/// @throws Error Fault::version, Fault::damaged; also when the value is of another key
StoredLookup decode_lookup(const LookupKey& key, std::string_view bytes);

}  // namespace echofold
