// XXH3-128: the hash as a value, and taken of bytes that come in parts.
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
  /// @param seed  another one gives other hashes of the same bytes
  explicit StreamHash(std::uint64_t seed = 0);
  ~StreamHash();
  StreamHash(const StreamHash&) = delete;
  StreamHash& operator=(const StreamHash&) = delete;

  /// How bytes are parted makes no difference.
  void add(const void* bytes, std::size_t count) noexcept;
  void add(std::string_view bytes) noexcept { add(bytes.data(), bytes.size()); }
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
