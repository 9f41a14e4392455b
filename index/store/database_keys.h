// Keys of the databases. Their numbers are big-endian, so that the order of the bytes is the order of the numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "index/model/fingerprint.h"
#include "index/model/heard.h"
#include "index/store/stored_lookup.h"

namespace echofold {

/// A key of fixed size. LMDB's keys have at most 511 bytes, which is why a path is never a key.
template <std::size_t Numbers>
class Key8 {
 public:
  template <class... N>
  explicit Key8(N... numbers) {
    static_assert(sizeof...(N) == Numbers);
    std::size_t at = 0;
    for (const std::uint64_t number : {static_cast<std::uint64_t>(numbers)...})
      for (int shift = 56; shift >= 0; shift -= 8) bytes_[at++] = static_cast<char>(number >> shift);
  }
  std::string_view view() const noexcept { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, Numbers * 8> bytes_{};
};

using TrackKey = Key8<1>;
using PairKey = Key8<2>;
using PathKey = Key8<2>;
using VariantsKey = Key8<2>;
using VerdictKey = Key8<4>;
using ClassKey = Key8<3>;

/// Number `index` of a key, counted from 0. The key must be long enough.
inline std::uint64_t number_of_key(std::string_view key, std::size_t index) noexcept {
  std::uint64_t number = 0;
  for (const char byte : key.substr(index * 8, 8)) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

inline Key8<3> lookup_key(const LookupKey& key) {
  return Key8<3>(key.hash.high, key.hash.low, key.duration_s);
}
/// The inverse of lookup_key. The key must be long enough.
inline LookupKey lookup_of_key(std::string_view key) noexcept {
  return {{number_of_key(key, 0), number_of_key(key, 1)}, number_of_key(key, 2)};
}

inline Key8<4> heard_key(const HeardKey& key) {
  return Key8<4>(key.a.high, key.a.low, key.b.high, key.b.low);
}
/// The inverse of heard_key. The key must be long enough.
inline HeardKey heard_of_key(std::string_view key) noexcept {
  return {{number_of_key(key, 0), number_of_key(key, 1)}, {number_of_key(key, 2), number_of_key(key, 3)}};
}

/// The XXH3-128 of the bytes of the path.
PathKey path_key(std::string_view path);

}  // namespace echofold
