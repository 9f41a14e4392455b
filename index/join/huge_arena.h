// Many arrays with one lifetime, side by side in a few large mappings. An array with a mapping of its own has no large
// pages at its ends, and an array of a few megabytes has hardly any large pages.
#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <span>
#include <type_traits>
#include <vector>

#include "index/join/huge_array.h"

namespace echofold {

/// The unused rest of a mapping costs nothing: memory that is never touched is never allocated.
class HugeArena {
 public:
  static constexpr std::size_t mapping_bytes = std::size_t{64} << 20;

  /// An array of zeros that lives as long as the arena. Thread-safe.
  /// @throws std::bad_alloc
  template <class T>
  std::span<T> take(std::size_t size) {
    static_assert(std::is_trivial_v<T> && alignof(T) <= line_bytes);
    return {reinterpret_cast<T*>(take_bytes(size * sizeof(T))), size};
  }

 private:
  static constexpr std::size_t line_bytes =
      64;  // no two arrays share a cache line: threads may write to both

  std::byte* take_bytes(std::size_t size) {
    const std::size_t lines = (size + line_bytes - 1) / line_bytes * line_bytes;
    const std::lock_guard lock(guard_);
    if (lines > left_) {
      left_ = std::max(lines, mapping_bytes);
      next_ = mappings_.emplace_back(left_).data();
    }
    std::byte* const taken = next_;
    next_ += lines;
    left_ -= lines;
    return taken;
  }

  std::mutex guard_;
  std::vector<HugeArray<std::byte>> mappings_;
  std::byte* next_ = nullptr;  ///< in the last mapping
  std::size_t left_ = 0;       ///< bytes from next_ to the end of the mapping
};

}  // namespace echofold
