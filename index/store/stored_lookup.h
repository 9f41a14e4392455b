// The answer of a lookup service about a fingerprint, as it is stored. The store does not interpret its text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/model/fingerprint.h"

namespace echofold {

/// The question: a fingerprint and the length of its file.
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

/// The value includes the key: on a damaged page it could be filed under another one.
std::string encode(const LookupKey& key, const StoredLookup& lookup);
/// @throws Error Fault::version, Fault::damaged; the latter also when the value has another key inside
StoredLookup decode_lookup(const LookupKey& key, std::string_view bytes);

}  // namespace echofold
