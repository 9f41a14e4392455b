// Wraps xxHash's streaming state.
#include "index/base/hash.h"

#include <xxhash.h>

#include <cstdio>
#include <new>

namespace echofold {

std::string hex_of(const Hash128& hash) {
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(hash.high),
                static_cast<unsigned long long>(hash.low));
  return digits;
}

struct StreamHash::State {
  XXH3_state_t* xxh = XXH3_createState();  // has the alignment that it needs
  ~State() { XXH3_freeState(xxh); }
};

StreamHash::StreamHash(std::uint64_t seed) : state_(std::make_unique<State>()) {
  if (state_->xxh == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset_withSeed(state_->xxh, seed);
}
StreamHash::~StreamHash() = default;

void StreamHash::add(const void* bytes, std::size_t count) noexcept {
  if (count > 0) XXH3_128bits_update(state_->xxh, bytes, count);
}

Hash128 StreamHash::digest() const noexcept {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->xxh);
  const Hash128 digest{hash.high64, hash.low64};
  return digest.known() ? digest : Hash128{0, 1};
}

}  // namespace echofold
