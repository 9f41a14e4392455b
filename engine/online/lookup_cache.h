// Answers of AcoustID in the store, by fingerprint and duration. They are used for a limited time.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "engine/online/acoustid_answer.h"
#include "index/store/store.h"

namespace echofold {

struct CacheSettings {
  std::chrono::days max_age{30};
  /// For an answer that names no recording: somebody may have added one meanwhile.
  std::chrono::days max_age_without_result{7};
  bool any_age = false;  ///< offline: an old answer is better than none
};

/// @param items       of the whole file; only those that are sent count
/// @param duration_s  of the whole file
LookupKey lookup_key_of(Items items, double duration_s);

/// Nothing if there is no answer, or it is too old, from the future, or can't be read.
/// @param now_s  Unix time
std::optional<AcoustidAnswer> cached_answer(const Snapshot& snapshot, const LookupKey& key,
                                            std::int64_t now_s, const CacheSettings& settings);

void cache_answer(Writer& writer, const LookupKey& key, const AcoustidAnswer& answer, std::int64_t now_s);

}  // namespace echofold
