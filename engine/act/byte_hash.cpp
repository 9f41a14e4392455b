// xxHash's streaming state.
#include "engine/act/byte_hash.h"

#include <xxhash.h>

#include <cstdio>
#include <new>

namespace echofold {

void ByteHash::Frees::operator()(XXH3_state_s* state) const noexcept { XXH3_freeState(state); }

ByteHash::ByteHash() : state_(XXH3_createState()) {
  if (state_ == nullptr || XXH3_128bits_reset(state_.get()) == XXH_ERROR) throw std::bad_alloc();
}

void ByteHash::add(std::string_view bytes) noexcept {
  XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
}

std::string ByteHash::hex() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return digits;
}

}  // namespace echofold
