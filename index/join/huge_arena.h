// Many arrays that live and die together, side by side in a few large mappings: an array that has one of its own
// gets no large pages at its ends, and those of a few megabytes hardly any at all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <span>
#include <type_traits>
#include <vector>

#include "index/join/huge_array.h"

namespace echofold {

/// Memory that is never touched is never the system's loss: what is left over at the end of a mapping costs nothing.
class HugeArena {
 public:
  static constexpr std::size_t mapping_bytes = std::size_t{64} << 20;

  /// Zeros that live as long as the arena. Thread-safe.
  /// @throws std::bad_alloc
  template <class T>
  std::span<T> take(std::size_t size) {
    static_assert(std::is_trivial_v<T> && alignof(T) <= line_bytes);
    return {reinterpret_cast<T*>(take_bytes(size * sizeof(T))), size};
  }

 private:
  static constexpr std::size_t line_bytes = 64;  // no two arrays share one: they may be of different threads

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
  std::byte* next_ = nullptr;  ///< in the last of them
  std::size_t left_ = 0;       ///< bytes from there on
};

}  // namespace echofold
