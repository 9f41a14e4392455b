// An XXH3-128 of bytes that come in parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "index/record.h"

namespace echofold {

class StreamHash {
 public:
  /// @param seed  another one gives other hashes of the same bytes
  explicit StreamHash(std::uint64_t seed = 0);
  ~StreamHash();
  StreamHash(const StreamHash&) = delete;
  StreamHash& operator=(const StreamHash&) = delete;

  /// How bytes are parted makes no difference.
  void add(const void* bytes, std::size_t count) noexcept;
  template <class Number>
  void add_number(Number value) noexcept {
    static_assert(std::is_arithmetic_v<Number>);
    add(&value, sizeof value);
  }

  /// Of all bytes up to now; never the hash that means "not known".
  Hash128 digest() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace echofold
