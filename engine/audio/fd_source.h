// Reads an open file by position, for both libav and TagLib; remembers why a read failed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/audio/libav.h"

namespace echofold {

/// A cursor over a descriptor that it neither owns nor moves (pread). Libraries turn a failed read into a silent end
/// of file; `check()` reports the cause.
class FdSource {
 public:
  /// @throws Error Fault::io when `fd` is not readable and seekable
  FdSource(int fd, std::stop_token stop);

  /// From now on only the bytes from `begin` to before `end` are visible, as if they were the whole file.
  /// @param begin, end  within what is visible now; anything else makes nothing visible
  void show(std::int64_t begin, std::int64_t end) noexcept;
  /// From now on reads return `bytes` at `position` instead of the file's own: used to correct a length. Call before
  /// show(): positions count from the start of what is visible now.
  void overwrite(std::int64_t position, std::span<const std::uint8_t> bytes);

  std::int64_t size_bytes() const noexcept { return size_bytes_; }
  std::int64_t position() const noexcept { return position_; }
  void seek(std::int64_t position) noexcept { position_ = position < 0 ? 0 : position; }

  /// Returns how many bytes it read at the cursor, and advances it. Returns 0 at the end, on failure, and once a stop
  /// is requested.
  std::size_t read(std::span<std::uint8_t> into) noexcept;

  bool stopped() const noexcept { return stop_.stop_requested(); }
  bool failed() const noexcept { return error_ != 0; }
  /// @throws Error Fault::interrupted when a stop was requested, Fault::io when a read has failed
  void check() const;

 private:
  struct Correction {
    std::int64_t position = 0;  // in the file
    std::vector<std::uint8_t> bytes;
  };
  void correct(std::span<std::uint8_t> got, std::int64_t position) const noexcept;

  int fd_;
  std::stop_token stop_;
  std::vector<Correction> corrections_;
  std::int64_t begin_ = 0;  // of the visible part, in the file
  bool bounded_ = false;    // only a part is visible: reads end at its end
  std::int64_t size_bytes_ = 0;
  std::int64_t position_ = 0;
  int error_ = 0;  // errno of the first read that failed
};

/// A libav context for reading `source`, which must outlive it.
av::Io make_av_io(FdSource& source);

}  // namespace echofold
