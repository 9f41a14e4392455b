// Numbers and markers at positions in an open file, for the small readers of container headers.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/audio/fd_source.h"

namespace echofold {

/// The most parts of a file that are visited in a row: a forged file could have millions of zero length.
inline constexpr int most_parts = 20'000;

/// A view of an FdSource with a cursor of its own. Positions outside the file read as zeros: a length in a damaged
/// file cannot be trusted, and every caller compares what it finds.
class ByteView {
 public:
  explicit ByteView(const FdSource& source) : source_(source) {}

  std::int64_t size() const noexcept { return source_.size_bytes(); }

  /// Returns fewer bytes than asked for at the end of the file.
  std::vector<std::uint8_t> read(std::int64_t position, std::size_t count) const;

  /// True when the bytes of `mark` are there.
  bool has(std::int64_t position, std::string_view mark) const noexcept;

  std::uint64_t big(std::int64_t position, std::size_t count) const noexcept;     ///< count: 1 .. 8
  std::uint64_t little(std::int64_t position, std::size_t count) const noexcept;  ///< count: 1 .. 8

 private:
  /// @return bytes read, at most into.size()
  std::size_t fill(std::int64_t position, std::span<std::uint8_t> into) const noexcept;

  FdSource source_;
};

}  // namespace echofold
