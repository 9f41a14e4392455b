// Reads pieces of an open file. The lengths in it are not trusted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/base/hash.h"

namespace echofold {

class FileBytes {
 public:
  /// @param fd  owned by the caller; read with pread. @throws Error Fault::io
  explicit FileBytes(int fd);

  std::uint64_t size() const noexcept { return size_; }

  /// Exactly these bytes. @throws Error Fault::damaged if the file ends before, Fault::io
  std::string at(std::uint64_t offset, std::uint64_t count) const;

  /// Big-endian and little-endian numbers of up to 8 bytes. @throws Error as at()
  std::uint64_t big(std::uint64_t offset, unsigned bytes) const;
  std::uint64_t little(std::uint64_t offset, unsigned bytes) const;

  /// True if the file has these bytes at `offset`; false beyond its end.
  bool has(std::uint64_t offset, std::string_view bytes) const;

  /// Adds a range of any length to a hash. @throws Error as at()
  void add_to(StreamHash& hash, std::uint64_t offset, std::uint64_t count) const;

 private:
  int fd_;
  std::uint64_t size_;
};

/// The same numbers from bytes in memory.
std::uint64_t big_endian(std::string_view bytes) noexcept;
std::uint64_t little_endian(std::string_view bytes) noexcept;

/// The lowest `count` bytes of a number, big-endian; more than 8 begin with zeros.
std::string big_endian_bytes(std::uint64_t value, std::size_t count);

}  // namespace echofold
