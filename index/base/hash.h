// XXH3-128: the hash as a value, and the hash of bytes that come in parts.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace echofold {

/// An XXH3-128. Zero: not known.
struct Hash128 {
  std::uint64_t high = 0, low = 0;
  bool known() const noexcept { return high != 0 || low != 0; }
  auto operator<=>(const Hash128&) const = default;
};

/// 32 hex digits, the high half first.
std::string hex_of(const Hash128& hash);

class StreamHash {
 public:
  /// @param seed  with another seed, the same bytes have another hash
  explicit StreamHash(std::uint64_t seed = 0);
  ~StreamHash();
  StreamHash(const StreamHash&) = delete;
  StreamHash& operator=(const StreamHash&) = delete;

  /// The hash does not depend on how the bytes are divided into parts.
  void add(const void* bytes, std::size_t count) noexcept;
  void add(std::string_view bytes) noexcept { add(bytes.data(), bytes.size()); }
  template <class Number>
  void add_number(Number value) noexcept {
    static_assert(std::is_arithmetic_v<Number>);
    add(&value, sizeof value);
  }

  /// The hash of all bytes up to now. Never zero, which means "not known".
  Hash128 digest() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace echofold
