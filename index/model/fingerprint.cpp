// The hash by which identical fingerprints are found.
#include "index/model/fingerprint.h"

#include <xxhash.h>

namespace echofold {

Hash128 hash_items(Items items) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(items.data(), items.size_bytes());
  return {hash.high64, hash.low64};
}

}  // namespace echofold
